#!/usr/bin/env bash
# Fuzzes each target (or those named) for SECONDS (default 60) with libFuzzer and the address and undefined-behaviour sanitizers,
# as many at once as there are cores: tests/fuzz/run.sh [SECONDS [NAME...]]
# FUZZ_SEED: of the random inputs (default: another one each time). Needs clang++ and its runtimes (Debian: clang,
# libclang-rt-*-dev). What is found lies in build/fuzz/found/NAME.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
export CCACHE_DIR=${CCACHE_DIR:-$cache/ccache} CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
seconds=${1:-60}
[ $# -gt 0 ] && shift
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for file in tests/fuzz/fuzz_*.cpp; do name=${file##*/fuzz_}; names+=("${name%.cpp}"); done
fi
mkdir -p build
cmake -S . -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_BUILD_TYPE=Release \
  -DLATHE_GUI=OFF -DLATHE_ENGINE=OFF -DLATHE_FUZZ=ON -DLATHE_SANITIZE=fuzzer-no-link,address,undefined,float-cast-overflow \
  -DCMAKE_CXX_FLAGS="-D_GLIBCXX_ASSERTIONS -fno-sanitize-recover=all -Xclang -fno-pch-timestamp" >build/fuzz-configure.log
ninja -C build/fuzz "${names[@]/#/fuzz_}"
rm -f build/fuzz/*.found
fuzz() {
  local name=$1 at=build/fuzz/$1
  mkdir -p "build/fuzz/corpus/$name" "build/fuzz/found/$name"
  # the words of the seeds, bare and in quotes: random bytes seldom spell a key
  grep -ahoE '[A-Za-z_][A-Za-z_0-9]{2,30}' -r "tests/fuzz/corpus/$name" | sort -u | head -n 300 |
    sed 's/.*/"&"\n"\\"&\\""/' >"$at.dict" || true
  [ -s "$at.dict" ] || echo '"\x00"' >"$at.dict"  # libFuzzer takes no empty one
  if ! "build/fuzz/bin/fuzz_$name" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=60 -seed="${FUZZ_SEED:-0}" -print_final_stats=1 -dict="$at.dict" \
    -artifact_prefix="build/fuzz/found/$name/" "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" >"$at.log" 2>&1; then
    touch "$at.found"
    echo "== $name: FOUND"
    tail -n 60 "$at.log"
    return
  fi
  echo "== $name: $seconds s, $(awk '/number_of_executed_units/ {n = $2} /peak_rss/ {m = $2} END {print n " inputs, " m " MB"}' "$at.log")"
}
export -f fuzz
export seconds
printf '%s\n' "${names[@]}" | xargs -P "$(nproc)" -I NAME bash -c 'fuzz NAME'
found=$(find build/fuzz -maxdepth 1 -name '*.found' | wc -l)
echo "== ${#names[@]} targets ran, $found found something"
[ "$found" -eq 0 ]
