#!/bin/sh
# Fetches MySQL's server and clients for the tests: Debian's stable releases carry MariaDB instead,
# which shows grants and words errors differently. Nothing is installed: the packages of Debian's
# unstable release, with the libraries that they need, are unpacked below node_modules.
set -eu

to=$(cd "$(dirname "$0")/../../node_modules" && pwd)/.cache/rpcn-aurora-mysql
[ ! -d "$to" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt fetches as a user of its own.
chmod 755 "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/root"

# The mirror that this machine uses already.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/$')
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$work/sources.list"

# As if nothing were installed, so that every library is fetched. The machine's own state stays.
: >"$work/status"
cat >"$work/apt.conf" <<CONF
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::Languages "none";
CONF
export APT_CONFIG="$work/apt.conf"
apt-get --quiet=2 update
apt-get --quiet=2 --yes --no-install-recommends --download-only install mysql-server-core mysql-client-core

for package in "$work"/cache/archives/*.deb; do
  dpkg-deb --extract "$package" "$work/root"
done
# Moved when complete, so that what is there works.
mkdir -p "$(dirname "$to")"
mv "$work/root" "$to"
