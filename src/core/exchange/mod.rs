//! Formats of files by which the memory and the store are exchanged, read and written one entry at a time. What an
//! entry is worth to the program (which segment a unit translates, whether rows agree) is not known here.

pub mod archive;
pub mod tmx;
