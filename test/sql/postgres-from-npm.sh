#!/bin/sh
# Fetches the versions of PostgreSQL that only `npm run test:long` runs, from npm's registry or the
# mirror that this machine's npm uses: about 60 MB each. Nothing is installed: they lie below
# node_modules, and their install scripts are not run.
set -eu

here=$(cd "$(dirname "$0")/postgres-versions" && pwd)
cache=$(cd "$here/../../../node_modules" && pwd)/.cache
to=$cache/rpcn-aurora-postgres
cmp -s "$here/package-lock.json" "$to/package-lock.json" && exit 0

mkdir -p "$cache"
work=$(mktemp -d "$cache/fetching.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$work"
npm ci --prefix "$work" --ignore-scripts --silent
# Moved when complete, so that what is there works.
rm -rf "$to"
mv "$work" "$to"
