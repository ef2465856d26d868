#!/bin/sh
# Fetches Apache Kafka (43 MB) and Debezium (45 MB) for the lanes: what kafka/pom.xml and
# debezium/pom.xml name, from Maven Central or from the mirror in this machine's settings of Maven.
# Nothing is installed: the jars lie below node_modules, once their checksums are right.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$here/../../node_modules" && pwd)/.cache
copy=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies

for what in kafka debezium; do
  # The name changes with the list, so that what is there is what the list says.
  list=$(sha256sum "$here/$what/SHA256SUMS" | cut -c 1-16)
  to="$cache/rpcn-aurora-$what-$list"
  [ ! -d "$to" ] || continue
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mvn --quiet --batch-mode --file "$here/$what/pom.xml" "$copy" \
    -DincludeScope=runtime -DoutputDirectory="$work/jars"
  (cd "$work/jars" && sha256sum --check --strict --quiet "$here/$what/SHA256SUMS")
  # No jar but those on the list.
  [ "$(find "$work/jars" -type f | wc -l)" -eq "$(wc -l <"$here/$what/SHA256SUMS")" ]
  # Moved when complete, so that what is there works.
  mkdir -p "$cache"
  mv "$work/jars" "$to"
  rm -rf "$work"
done
