#!/usr/bin/env bash
# Makes clients from the OpenAPI document with others' generators, and lets them work with the demonstration.
set -euo pipefail
cd "$(dirname "$0")/../.."

.ci/tools node
cd tests/clients/typescript
npm ci --no-audit --no-fund --loglevel=error
npx redocly lint --format=summary ../../../openapi/openapi.json
npx openapi-typescript ../../../openapi/openapi.json -o generated/schema.d.ts
npx tsc -p .
cd ../../..
.ci/with-demo node tests/clients/typescript/generated/out/client.js
.ci/with-demo node tests/clients/portal.mjs

.ci/tools python-client
python=$(.ci/tools path)/../python-client/bin
"$python/openapi-python-client" generate --path openapi/openapi.json --config tests/clients/python/generator.yaml \
    --output-path tests/clients/python/generated/lantoa_client --meta none --overwrite --fail-on-warning
PYTHONPATH=tests/clients/python/generated .ci/with-demo "$python/python" tests/clients/python/client.py
