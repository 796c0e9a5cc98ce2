# Thin: what each target does is in the scripts and in cargo.

components = tests/components

.PHONY: demo test bench lint components

# Everything the demo and the tests need beside Rust: Apertium, a neural model.
components:
	$(components)/install.sh

# Publishes the sample incidents into Spanish, Italian and Portuguese, and prints the versions.
demo: components
	cargo build --release --quiet
	$(components)/demo.sh

test: components
	cargo test

# Figures of the README; nothing here passes or fails by time.
bench: components
	cargo bench --bench stages --bench hostile --bench house

lint:
	cargo fmt --check
	cargo clippy --all-targets -- --deny warnings
	cargo doc --no-deps --document-private-items --quiet
