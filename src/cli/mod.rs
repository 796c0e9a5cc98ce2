//! The command line: one command per file; here alone concrete types are chosen.
