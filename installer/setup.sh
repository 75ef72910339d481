#!/usr/bin/env bash
# Installs what Lathe is built from, on Debian 12: packages, and libtorch in a cache outside the tree.
#   installer/setup.sh [--dry-run] [--tests] [--no-torch] [--no-window]
# --dry-run lists what would be done. --tests adds what the tests need (Xvfb, an environment of Python oracles).
# LATHE_CACHE: the cache (default ~/.cache/lathe).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
torch_dir=$cache/torch-2.11.0
dry= tests= torch=1 window=1
for option in "$@"; do
  case $option in
    --dry-run) dry=1 ;; --tests) tests=1 ;; --no-torch) torch= ;; --no-window) window= ;;
    *) echo "setup.sh: unknown option $option; see the head of the file" >&2; exit 2 ;;
  esac
done

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then say "asking for sudo: $*"; sudo "$@"
  else say "must be root for: $*"; exit 1
  fi
}

wanted_packages() {
  local list=("$here/packages.txt")
  if [ -n "$tests" ]; then list+=("$here/packages-test.txt"); fi
  awk -v window="$window" '!/^#/ && NF && (window || $2 != "window")' "${list[@]}"
}

install_packages() {
  local installed name group reason missing=()
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1=="ii" {print $2}')
  while read -r name group reason; do
    if ! grep -qxF "$name" <<<"$installed"; then
      missing+=("$name")
      say "  missing $name ($group: $reason)"
    fi
  done < <(wanted_packages)
  if [ ${#missing[@]} = 0 ]; then return; fi
  say "apt-get install: ${#missing[@]} packages"
  if [ -n "$dry" ]; then return; fi
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Debian's own Python fetches for exactly the interpreter and platform of the wheel, whatever else is installed.
fetch_wheels() {  # fetch_wheels LIST: into torch_dir, checked against the digests in LIST
  local list=$1 stamp=$torch_dir/.$(basename "$1" .txt)-$(sha256sum "$1" | cut -c1-12) wheels
  if [ -e "$stamp" ]; then return; fi
  say "  missing $(grep -vc '^#' "$list") wheels of $(basename "$list"): $(awk '!/^#/ {print $1}' "$list" | tr '\n' ' ')"
  if [ -n "$dry" ]; then return; fi
  mkdir -p "$torch_dir"
  wheels=$(mktemp -d "$cache/wheels.XXXXXX")
  python3 -m pip download -q --disable-pip-version-check --require-hashes --no-deps --only-binary=:all: --python-version 3.11 \
    --implementation cp --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 --platform manylinux_2_25_x86_64 \
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 -d "$wheels" -r "$list"
  for wheel in "$wheels"/*.whl; do unzip -qo "$wheel" -d "$torch_dir"; done
  rm -rf "$wheels"
  touch "$stamp"
}

install_oracles() {  # Python references of the tests; torch itself is the unpacked wheel, by PYTHONPATH
  local venv=$cache/venv stamp
  stamp=$venv/.made-$(sha256sum "$here/oracles.txt" | cut -c1-12)
  if [ -e "$stamp" ]; then return; fi
  say "  missing the test oracles: $(awk '!/^#/ {print $1}' "$here/oracles.txt" | tr '\n' ' ')"
  if [ -n "$dry" ]; then return; fi
  rm -rf "$venv"
  python3.11 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$here/oracles.txt"
  touch "$stamp"
}

say "Lathe's set-up (cache: $cache)"
install_packages
if [ -n "$torch" ]; then
  [ -n "$dry" ] || mkdir -p "$cache"
  fetch_wheels "$here/torch-cpu.txt"
  if command -v nvcc >/dev/null || [ -x /usr/local/cuda/bin/nvcc ]; then fetch_wheels "$here/torch-cuda.txt"; fi
  if [ -n "$tests" ]; then install_oracles; fi
fi
if [ -n "$dry" ]; then say "dry run: nothing was changed"; else say "set-up complete"; fi
