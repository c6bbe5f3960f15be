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
