#!/usr/bin/env bash
# Makes provinces of so many articles where there are none yet, and measures what answers cost there, beside nginx.
#
#   benches/http.sh [ARTICLES…]
#
# wrk and nginx come from Debian's packages. The provinces stay in target/bench for the next time.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("$@")
((${#sizes[@]})) || sizes=(2000 50000)

missing=()
command -v wrk >/dev/null || missing+=(wrk)
command -v nginx >/dev/null || missing+=(nginx-light)
((${#missing[@]} == 0)) || .ci/apt "${missing[@]}"

cargo build --release --locked --bin lantoa --example province
built=${CARGO_TARGET_DIR:-target}
folders=()
for size in "${sizes[@]}"; do
    folder=$built/bench/$size
    # What was interrupted is not taken for a province.
    if [[ ! -e $folder/whole ]]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        "$built/release/examples/province" "$folder/data" "$size"
        touch "$folder/whole"
    fi
    folders+=("$folder/data")
done
printf '%s, %s, %d cores, load %s\n' "$(git describe --always --dirty)" "$(rustc --version)" "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)"
benches/serve.py "$built/release/lantoa" "${folders[@]}"
