//! The runs, by what is done to the house.

mod cluster;
mod kills;
