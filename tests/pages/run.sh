#!/usr/bin/env bash
# Opens the plain pages of the demonstration in a real browser and lets axe look for what keeps people out.
# SHOTS names a folder for screenshots.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/tools browser
cd tests/pages
npm ci --no-audit --no-fund --loglevel=error
cd ../..
exec .ci/with-demo node tests/pages/check.mjs
