#!/usr/bin/env bash
# Starts the demonstration on a free port of this machine and lets real feed readers read it.
# READERS_BINARY names a binary that is already built.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/tools feeds
python=$(.ci/tools path)/../feeds/bin/python

binary=${READERS_BINARY:-}
if [[ -z $binary ]]; then
    cargo build --release --locked --bin lantoa
    binary=${CARGO_TARGET_DIR:-target}/release/lantoa
fi

work=$(mktemp -d)
server=
finish() {
    [[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# Nothing of the caller's own configuration: an unknown LANTOA_ variable would be refused, a known one believed.
for name in $(compgen -e | grep '^LANTOA_' || true); do unset "$name"; done
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
base=http://127.0.0.1:$port
export LANTOA_LISTEN=127.0.0.1:$port LANTOA_BASE_URL=$base LANTOA_DATA_DIR=$work/data LANTOA_LOG=warn

"$binary" demo >"$work/out" 2>"$work/err" &
server=$!

ready=
# The demonstration hashes passwords and signs ten languages: give a slow machine its time.
for _ in $(seq 600); do
    if "$python" -c "import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=2)" "$base/readyz" 2>/dev/null; then
        ready=yes
        break
    fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.5
done
if [[ -z $ready ]]; then
    echo 'the demonstration did not become ready' >&2
    cat "$work/out" "$work/err" >&2
    exit 1
fi

status=0
"$python" tests/readers/read.py "$base" || status=1

kill -TERM "$server"
stopped=0
for _ in $(seq 60); do
    kill -0 "$server" 2>/dev/null || break
    sleep 0.5
done
if kill -0 "$server" 2>/dev/null; then
    echo 'the server did not stop within 30 s of SIGTERM' >&2
    status=1
else
    wait "$server" || stopped=$?
    server=
    if ((stopped != 0)); then
        echo "the server ended with status $stopped after SIGTERM" >&2
        status=1
    fi
fi
if grep -q '"level":"ERROR"\| ERROR \|panicked' "$work/err" "$work/out"; then
    echo 'the server has logged errors' >&2
    status=1
fi
((status == 0)) || cat "$work/err" >&2
exit "$status"
