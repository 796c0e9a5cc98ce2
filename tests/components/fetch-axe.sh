#!/bin/sh
# Puts axe-core, which looks for barriers on web pages, into .components/axe/axe.min.js below the repository. It comes in a
# wheel on PyPI; nothing is fetched that is there already.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
components="$root/.components"
version=0.1.8

if [ -s "$components/axe/axe.min.js" ]; then
    echo "fetch-axe: $components/axe is there" >&2
    exit 0
fi

mkdir -p "$components/axe"
python3 -m pip download --quiet --no-deps --dest "$components" "axe-playwright-python==$version" || {
    echo "fetch-axe: the wheel axe-playwright-python $version could not be fetched; put it into $components" >&2
    exit 1
}
wheel=$(find "$components" -maxdepth 1 -name "axe_playwright_python-$version-*.whl" | head -n 1)
python3 - "$wheel" "$components/axe" <<'PYTHON'
import os, sys, zipfile

wheel, home = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    data = archive.read("axe_playwright_python/axe.min.js")
with open(os.path.join(home, ".axe.min.js"), "wb") as file:
    file.write(data)
os.replace(os.path.join(home, ".axe.min.js"), os.path.join(home, "axe.min.js"))
PYTHON
echo "fetch-axe: $components/axe" >&2
