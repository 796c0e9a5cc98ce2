//! What is written to stderr: events by `tracing`, as text or JSON. Never report texts, keys or bodies.
