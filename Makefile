# Thin: what each target does is in the scripts and in cargo.

components = tests/components

.PHONY: demo install test faults quality fuzz bench lint deny components

# Everything the demo and the tests need beside Rust: Apertium, a neural model.
components:
	$(components)/install.sh

# Publishes the sample incidents into Spanish, Italian and Portuguese, and prints the versions. By the development build,
# which is there soonest and which the tests use, too.
demo: components
	cargo build --quiet
	$(components)/demo.sh

# The program for production, into $(prefix)/bin.
prefix = /usr/local
install:
	cargo install --locked --path . --root $(prefix)

# On a file, and what goes through the store again on PostgreSQL.
test: components
	cargo test --workspace
	POLYPOST_TEST_STORE=postgres cargo test --test it --test web --test cli

# The fault suite: kills, pauses, cut connections, wrong clocks, full disks; twenty minutes. For all of it: root, and
# apt-get install postgresql strace faketime; what is missing is skipped in words. POLYPOST_FAULTS_SEED repeats a run's
# chances, POLYPOST_FAULTS_KILLS (500) and POLYPOST_FAULTS_POINTS (1, rounds) make the longest longer,
# POLYPOST_FAULTS_STORE (sqlite, postgres) chooses one, POLYPOST_FAULTS_PROGRAM is another build to try.
faults:
	cargo test --test faults -- --ignored --nocapture --test-threads=1

# The trap suite's table: engine, kind of trap, passed, published in English.
quality: components
	cargo test --test it quality -- --nocapture

# Ten minutes for each fuzz target (needs cargo-fuzz and a nightly toolchain); findings go to tests/fuzz/artifacts.
fuzz_targets = text markdown html protect
fuzz:
	cp Cargo.lock tests/fuzz/Cargo.lock
	mkdir -p $(addprefix tests/fuzz/corpus/,$(fuzz_targets))
	for target in $(fuzz_targets); do \
		cargo +nightly fuzz run --fuzz-dir tests/fuzz $$target tests/fuzz/corpus/$$target tests/fuzz/seeds/$$target \
			-- -max_total_time=600 -timeout=10 -max_len=16384 || exit 1; \
	done

# Figures of benches/README.md; nothing here passes or fails by time.
bench: components
	cargo bench --bench stages --bench hostile --bench service --bench vendors --bench store --bench reading --bench load

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings
	cargo doc --workspace --no-deps --document-private-items --quiet

# Licences, bans and sources of what the program is built of (deny.toml), advisories where their database can be had, and
# dependencies that nothing uses.
deny:
	.ci/deny
	.ci/machete
