#!/usr/bin/env bash
# How fast the server starts, what it takes while nobody asks, and what an answer costs.
#
#   benches/start.sh BINARY DATA_DIR [PORT]
#
# DATA_DIR is one that `cargo run --release --example province -- DATA_DIR` made.
# Needs curl and /proc; prints one figure a line.
set -euo pipefail
binary=$1 data=$2 base="http://127.0.0.1:${3:-18080}"
tick=$(getconf CLK_TCK)
# Processor time of the server so far, in milliseconds.
cpu() { awk -v tick="$tick" '{ sub(/^.*\) /, ""); print int(($12 + $13) * 1000 / tick) }' "/proc/$server/stat"; }
memory() { awk '/^VmRSS|^RssAnon|^VmHWM/ { printf "%s %.1f MiB  ", $1, $2 / 1024 }' "/proc/$server/status"; echo; }
since() { echo $(( ($(date +%s%N) - $1) / 1000000 )); }
# Waits until an address answers 200 and prints the milliseconds since a moment.
first() { until curl -sf -o /dev/null "$base$2"; do sleep 0.005; done; since "$1"; }
# Processor time of the server for one answer, of many, in milliseconds; a query makes each address new.
cost() {
    local before after
    before=$(cpu)
    seq "$2" | awk -v url="$base$1" '{ u = url; sub(/@/, sprintf("%06d", $1), u); print "url = \"" u "\"" }' |
        curl -sf -K - >/dev/null
    after=$(cpu)
    awk -v took=$((after - before)) -v times="$2" 'BEGIN { printf "%.3f ms\n", took / times }'
}

begun=$(date +%s%N)
LANTOA_DATA_DIR=$data LANTOA_LISTEN="${base#http://}" LANTOA_AUTHORITY=lamhai.example LANTOA_LOG=warn "$binary" serve >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null' EXIT
echo "exec to ready:             $(first "$begun" /readyz) ms"
echo "exec to first feed:        $(first "$begun" /feeds/vi/all.rss) ms"
sleep "${IDLE:-10}"
echo "memory idle after ${IDLE:-10} s:   $(memory)"
before=$(cpu)
sleep 60
echo "processor idle, a minute:  $(($(cpu) - before)) ms"
echo "a cached feed:             $(cost /feeds/vi/all.rss 2000)"
# `until` a second that no other request names: the answer is made anew, from the same twenty items.
echo "a list made anew:          $(cost '/api/v1/content/vi/articles?until=2100-01-01T00:00:00.@Z' 900)"
echo "memory afterwards:         $(memory)"
