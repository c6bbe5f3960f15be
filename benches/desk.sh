#!/usr/bin/env bash
# What the first pages of the desk cost in a large province beside a small one.
#
#   benches/desk.sh [SMALL LARGE]
#
# wrk comes from Debian's package.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("${1:-1000}" "${2:-100000}")

command -v wrk >/dev/null || .ci/apt wrk
. benches/provinces.sh
benches/desk.py "$built/release/lantoa" "$password" "${folders[@]}"
