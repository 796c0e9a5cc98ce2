#!/bin/sh
# Installs what the tests run for real: PostgreSQL, nginx, HAProxy, Chromium, Apertium with the pairs of the default locales
# and the one from Portuguese into Spanish (Debian packages), the English-Portuguese model and axe-core. As root it installs
# what is missing; otherwise it says what that is.
set -eu

packages="apertium-apy apertium-eng-spa apertium-eng-cat apertium-spa-ita apertium-cat-ita apertium-es-pt"
packages="$packages postgresql strace faketime nginx-light haproxy iproute2 curl chromium chromium-driver"
missing=""
for package in $packages; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' ||
        missing="$missing $package"
done

# Tools that may have come from elsewhere than Debian: the neural engine's kernels are C++, its model is a wheel.
command -v g++ >/dev/null || missing="$missing g++"
python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"

if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "install: missing Debian packages:$missing" >&2
        echo "install: as root: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    apt-get update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
fi
echo "install: PostgreSQL, Apertium and Chromium are there" >&2

"$(dirname -- "$0")/fetch-axe.sh"
exec "$(dirname -- "$0")/fetch-model.sh" "$@"
