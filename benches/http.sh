#!/usr/bin/env bash
# What answers cost in provinces of so many articles, beside nginx.
#
#   benches/http.sh [ARTICLES…]
#
# wrk and nginx come from Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("$@")
((${#sizes[@]})) || sizes=(2000 50000)

missing=()
command -v wrk >/dev/null || missing+=(wrk)
command -v nginx >/dev/null || missing+=(nginx-light)
((${#missing[@]} == 0)) || .ci/apt "${missing[@]}"
. benches/provinces.sh
benches/serve.py "$built/release/lantoa" "${folders[@]}"
