//! The runs, by what is done to the house.

mod cluster;
mod crowds;
mod endings;
mod kills;
mod pauses;
mod races;
