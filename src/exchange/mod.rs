//! Exchange: files of translators' tools come in as units, units go out as such files. What a unit is worth to the
//! house (which segment it translates, whether its facts are right) is not known here.

pub mod tmx;
