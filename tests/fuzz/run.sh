#!/usr/bin/env bash
# Fuzzes each target for SECONDS (default 60) with libFuzzer and address sanitizer: tests/fuzz/run.sh [SECONDS [NAME...]]
# Needs clang++ and its runtimes (Debian: clang, libclang-rt-*-dev). What is found lies in build/fuzz/found/NAME.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(coco voc decode unpack)
cmake -S . -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_BUILD_TYPE=Release \
  -DLATHE_GUI=OFF -DLATHE_ENGINE=OFF -DLATHE_FUZZ=ON -DLATHE_SANITIZE=fuzzer-no-link,address >build/fuzz-configure.log
ninja -C build/fuzz "${names[@]/#/fuzz_}"
for name in "${names[@]}"; do
  mkdir -p "build/fuzz/corpus/$name" "build/fuzz/found/$name"
  echo "== $name: $seconds s"
  "build/fuzz/bin/fuzz_$name" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=20 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/found/$name/" "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" 2>"build/fuzz/$name.log" ||
    { tail -n 60 "build/fuzz/$name.log"; exit 1; }
  grep -E "number_of_executed_units|average_exec_per_sec|peak_rss" "build/fuzz/$name.log"
done
