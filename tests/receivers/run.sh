#!/usr/bin/env bash
# A subscriber of the hub and a receiver of webhooks, written with nothing but Python's standard library, against the
# demonstration: what is published there has to arrive, signed, whole, and again where it was not taken.
set -euo pipefail
cd "$(dirname "$0")/../.."

export DEMO_SETTINGS="LANTOA_OUTBOUND_ALLOW=127.0.0.1/32 ${DEMO_SETTINGS:-}"
exec .ci/with-demo python3 tests/receivers/check.py
