# What the house runs. `just check` is what CI runs; `.ci/run` calls the same recipes.

set shell := ["bash", "-euo", "pipefail", "-c"]

# Lists the recipes.
default:
    @just --list

# Everything that CI runs.
check: fmt clippy test test-postgres doc deny readers receivers pages clients strings fuzz

# Fails where a file is not formatted.
fmt:
    cargo fmt --all --check

# Lints, every warning an error.
clippy:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# The README's own test command, on SQLite.
test:
    env -u LANTOA_TEST_DATABASE_URL .ci/readme-tests

# The same tests on PostgreSQL: on the server that LANTOA_TEST_DATABASE_URL names, else on a local one.
test-postgres:
    LANTOA_TEST_DATABASE_URL="${LANTOA_TEST_DATABASE_URL:-$(.ci/postgres url)}" .ci/readme-tests
    LANTOA_TEST_DATABASE_URL="${LANTOA_TEST_DATABASE_URL:-$(.ci/postgres url)}" cargo test --test api postgres:: -- --ignored
    .ci/postgres was-used

# The documentation builds without a warning.
doc:
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps --workspace --locked

# Licences, banned crates, sources; advisories where their database can be reached.
deny:
    .ci/deny

# Real feed readers against the demonstration.
readers:
    tests/readers/run.sh

# A subscriber and a receiver of webhooks, in Python alone, against the demonstration.
receivers:
    tests/receivers/run.sh

# A real browser and axe on the plain pages of the demonstration.
pages:
    tests/pages/run.sh

# Clients that others' generators make from the OpenAPI document, and the portal of the guide.
clients:
    tests/clients/run.sh

# Strings that trouble software, through every text of the API.
strings:
    tests/strings/run.sh

# Requests of every kind, made from the OpenAPI document; EXAMPLES=500 for a long run.
fuzz:
    tests/fuzz/run.sh

# What answers cost, beside nginx, in provinces of 2,000 and 50,000 articles or of the sizes that are named.
bench-http *sizes:
    benches/http.sh {{ sizes }}

# Measures the first pages of the desk in a large province beside a small one.
bench-desk *sizes:
    benches/desk.sh {{ sizes }}

# Measures how soon the world sees what was published, and no longer sees what was taken down.
bench-latency:
    cargo build --release --locked --bin lantoa
    benches/latency.py "${CARGO_TARGET_DIR:-target}/release/lantoa"

# Breaks the code on purpose and demands that a test notices.
sabotage *patches:
    tests/sabotage/run.sh {{ patches }}

# Writes openapi/openapi.json anew from the routes.
openapi:
    mkdir -p openapi
    env -u LANTOA_TEST_DATABASE_URL cargo run --quiet --locked -- openapi > openapi/openapi.json.new
    mv openapi/openapi.json.new openapi/openapi.json
