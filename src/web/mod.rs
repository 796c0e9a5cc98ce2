//! HTTP: publishers publish, readers read. Reading goes to the store and never waits for an engine.
