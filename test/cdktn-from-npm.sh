#!/bin/sh
# Fetches CDK Terrain and its bindings of AWS (46 MB) for the test of `rpcn-aurora/cdktn`, from npm's
# registry or the mirror that this machine's npm uses. Nothing is installed: it lies below node_modules.
# Of the bindings stay the types that those of CDKTF have here.
set -eu

modules=$(cd "$(dirname "$0")/../node_modules" && pwd)
to="$modules/.cache/rpcn-aurora-cdktn-0.24.0"
[ ! -d "$to" ] || exit 0

mkdir -p "$modules/.cache"
work=$(mktemp -d "$modules/.cache/cdktn-XXXXXX")
trap 'rm -rf "$work"' EXIT
echo '{ "private": true }' >"$work/package.json"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error --prefer-offline \
  cdktn@0.24.0 @cdktn/provider-aws@25.7.0 constructs@10.7.2
bindings="$work/node_modules/@cdktn/provider-aws"
rm -f "$bindings/.jsii"
for type in "$bindings"/lib/*/; do
  name=$(basename "$type")
  # The provider itself wants its functions.
  [ "$name" = provider-functions ] || [ -d "$modules/@cdktf/provider-aws/lib/$name" ] || rm -r "$type"
done
# Moved when complete, so that what is there works.
mv "$work" "$to"
