//! Exchange: files that others read and write, and files for moving. What stands in them comes in or goes out piece by
//! piece; what it is worth to the house (which segment a unit translates, whether rows agree) is not known here.

pub mod archive;
pub mod tmx;
