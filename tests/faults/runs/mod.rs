//! The runs, by what is done to the house. Each prints what was injected and what was counted afterwards.

mod clocks;
mod cluster;
mod connections;
mod crowds;
mod disks;
mod endings;
mod kills;
mod locales;
mod long_reader;
mod outages;
mod pauses;
mod points;
mod races;
