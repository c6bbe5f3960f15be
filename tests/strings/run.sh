#!/usr/bin/env bash
# Sends strings that trouble software through every text of the demonstration's API, and demands that each comes back
# exactly or is refused with its place. The list of others is installed, not copied.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/tools node
(cd tests/strings && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
# Whoever sends a thousand strings as passwords guesses a thousand times, and asks often.
export DEMO_SETTINGS="LANTOA_LOGIN_PER_ADDRESS=100000 LANTOA_RATE_PER_ACCOUNT=0 LANTOA_RATE_PER_ADDRESS=0"
exec .ci/with-demo node tests/strings/check.mjs
