#!/bin/sh
# Builds version 6 of the AWS provider from its module on the Go proxy, with those services alone that
# the modules use: the whole takes hours and 10 GB of memory on two processors, this ten minutes and 3 GB.
# Kept below node_modules, laid out as a plugin mirror.
#
# What is left out is only what the provider lists: packages of other services, and their clients.
# https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/provider/sdkv2/service_packages_gen.go
set -eu

module=github.com/hashicorp/terraform-provider-aws
# The branch main on 2026-06-02. Tags cannot be had: the module's path lacks the /v6 that Go wants.
commit=v1.60.1-0.20260602190131-5f2286d6d836
version=6.47.1
services="cloudwatch ec2 iam logs meta rds secretsmanager sts"
# What these import.
imported="kms organizations s3"

cache=$(cd "$(dirname "$0")/../../node_modules" && pwd)/.cache
mirror="$cache/rpcn-aurora-aws-$version"
[ ! -d "$mirror" ] || exit 0

mkdir -p "$cache"
work=$(mktemp -d "$cache/aws-XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
cd "$work"
go mod init fetch >/dev/null 2>&1
from=$(go mod download -json "$module@$commit" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')

mkdir -p source/internal/service
cp -R "$from/go.mod" "$from/go.sum" "$from/main.go" "$from/version" "$from/names" source/
for folder in "$from"/internal/*; do
  [ "${folder##*/}" = service ] || cp -R "$folder" source/internal/
done
cp "$from"/internal/service/*.hcl source/internal/service/
for service in $services $imported; do cp -R "$from/internal/service/$service" source/internal/service/; done
chmod -R u+w source
cd source

list=internal/provider/sdkv2/service_packages_gen.go
pattern=$(echo "$services" | tr ' ' '|')
grep -Ev 'internal/service/|ServicePackage\(ctx\),' "$list" >list.go
grep -E "internal/service/($pattern)\"" "$list" >imports
grep -E "^[[:space:]]+($pattern)\.ServicePackage\(ctx\),$" "$list" >packages
sed -e '/internal\/conns"/r imports' -e '/ServicePackage{$/r packages' list.go >"$list"
rm list.go imports packages

# A client of a service that nothing here calls is thousands of lines to compile.
node - <<'EOF'
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const path = join("internal", "conns", "awsclient_gen.go");
const sources = readdirSync("internal", { recursive: true })
  .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go") && !path.endsWith(name))
  .map((name) => readFileSync(join("internal", name), "utf8"));
const called = new Set(sources.flatMap((text) => text.match(/\.\w+Client\(/g) ?? []));
const [head, ...methods] = readFileSync(path, "utf8").split(/^(?=func )/m);
const kept = methods.filter((text) => called.has(`.${/\) (\w+)\(/.exec(text)[1]}(`)).join("");
const imports = head.split("\n").filter((line) => {
  const [, alias, last] = /^\t(?:(\w+) )?"(?:[^"]*\/)?([^"/]+)"/.exec(line) ?? [];
  return last === undefined || new RegExp(`\\b${alias ?? last}\\.`).test(kept);
});
writeFileSync(path, imports.join("\n") + kept);
EOF

platform="$(go env GOOS)_$(go env GOARCH)"
folder="$work/mirror/registry.terraform.io/hashicorp/aws/$version/$platform"
mkdir -p "$folder"
go build -mod=mod -trimpath -ldflags "-s -w -X $module/version.ProviderVersion=$version" \
  -o "$folder/terraform-provider-aws_v$version" .
# Moved when complete, so that what is there works.
mv "$work/mirror" "$mirror"
