#!/bin/sh
# Fetches the CDKTF CLI (more than 400 MB with what it needs) for the test of
# `cdktf deploy`, from npm's registry or the mirror that this machine's npm uses. Nothing is installed:
# it lies below node_modules.
set -eu

cache=$(cd "$(dirname "$0")/../node_modules" && pwd)/.cache
to="$cache/rpcn-aurora-cdktf-cli-0.21.0"
[ ! -d "$to" ] || exit 0

mkdir -p "$cache"
work=$(mktemp -d "$cache/cdktf-cli-XXXXXX")
trap 'rm -rf "$work"' EXIT
echo '{ "private": true }' >"$work/package.json"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error --prefer-offline \
  cdktf-cli@0.21.0 unrs-resolver@1.11.1
# Moved when complete, so that what is there works.
mv "$work" "$to"
