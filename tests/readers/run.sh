#!/usr/bin/env bash
# Lets real feed readers read the demonstration: feedparser, fastfeedparser and icalendar of Python; rss-parser,
# @extractus/feed-extractor, feedsmith and jsonfeed-schema of JavaScript; sfeed and newsboat of Debian; and the schemas
# of ninjs and of sitemaps. feed-rs reads in `cargo test`.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/tools feeds
.ci/tools node
(cd tests/readers && npm ci --no-audit --no-fund --loglevel=error)
READERS_PYTHON="$(.ci/tools path)/../feeds/bin/python"
export READERS_PYTHON
exec .ci/with-demo tests/readers/both.sh
