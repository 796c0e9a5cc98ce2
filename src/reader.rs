//! The reader's view: an incident id and wanted locales come in, the best text that is stored goes out with a truthful
//! disclaimer. Reading never waits for translating.
