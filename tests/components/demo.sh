#!/usr/bin/env bash
# Runs `polypost demo` with an Apertium of its own on a free loopback port, stopped afterwards, and the neural model.
set -euo pipefail
cd "$(dirname "$0")/../.."
models="$PWD/.components/models"

coproc apertium { exec /usr/bin/python3 tests/components/apertium_loopback.py; }
trap 'kill "$apertium_PID" 2>/dev/null || true' EXIT
read -r port <&"${apertium[0]}"

export POLYPOST_ENGINES__APERTIUM__URL="http://127.0.0.1:$port"
export POLYPOST_ENGINES__NEURAL__DIRECTORY="$models"
export POLYPOST_LOCALES__TARGETS=es,it,pt-BR
# The neural model into Spanish where it can be had; else the one into Portuguese, and Apertium from there.
export POLYPOST_ENGINES__ROUTES__ES="neural,neural>pt>apertium,apertium"
"${CARGO_TARGET_DIR:-target}/debug/polypost" demo "$@"
