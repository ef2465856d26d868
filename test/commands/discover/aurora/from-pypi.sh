#!/bin/sh
# Fetches the AWS CLI and moto for the tests, with the packages of Python that they need
# (requirements.txt), from PyPI or the mirror that this machine's pip uses. Nothing is installed: they
# lie below node_modules. A machine whose Python has both already needs nothing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../../../node_modules" && pwd)/.cache/rpcn-aurora-aws
[ ! -d "$to" ] || exit 0
if aws --version >/dev/null 2>&1 && python3 -c "import awscli, flask, flask_cors, moto" 2>/dev/null; then
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
  --no-deps --no-compile --only-binary :all: --target "$work/packages" --requirement "$here/requirements.txt"
# Moved when complete, so that what is there works.
mkdir -p "$(dirname "$to")"
mv "$work/packages" "$to"
