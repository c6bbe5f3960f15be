#!/usr/bin/env bash
# Lets real feed readers read the demonstration.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/tools feeds
exec .ci/with-demo "$(.ci/tools path)/../feeds/bin/python" tests/readers/read.py
