#!/usr/bin/env bash
# Configures and builds: installer/build.sh PRESET [TARGET...]. Used by run.sh, test.sh and .ci/run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=$1
shift
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
export CCACHE_DIR=${CCACHE_DIR:-$cache/ccache} CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-8G}
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1  # another checkout of the same sources compiles from the cache
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
cd "$root"
log=$root/build/$preset-configure.log
mkdir -p "$root/build"
configured() {  # ninja itself configures again when a CMakeLists.txt changes, not when a preset or the cache's place does
  local made=$root/build/$preset/CMakeCache.txt
  [ -e "$root/build/$preset/build.ninja" ] && [ "$made" -nt CMakePresets.json ] && grep -q "^LATHE_TORCH_DIR:[A-Z]*=$cache/torch-2.11.0\$" "$made"
}
if ! configured && ! cmake --preset "$preset" "-DLATHE_TORCH_DIR=$cache/torch-2.11.0" >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  exit 1
fi
cmake --build "$root/build/$preset" ${1:+--target "$@"}
