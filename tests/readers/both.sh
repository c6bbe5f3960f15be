#!/usr/bin/env bash
# Lets the readers of Python and Debian read the server that BASE names, and then those of JavaScript, over HTTP and as
# the files that the first have left.
set -euo pipefail
cd "$(dirname "$0")"

FILES=$(mktemp -d)
trap 'rm -rf "$FILES"' EXIT
export FILES
"$READERS_PYTHON" read.py
node read.mjs
