//! The HTTP side of the house, tried through its router with a real store: what publishers send, what readers get, and
//! what strangers try.

mod house;
mod pages;
mod publishing;
mod reading;
mod strangers;
