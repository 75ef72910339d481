#!/usr/bin/env bash
# Checks the engine on a machine that has a card, torch 2.11 in its Python, nvcc, CMake and ninja, and nothing else.
#   tests/gpu.sh pack [FILE]   here: what that machine needs, as one archive (default lathe-card.tar.gz)
#   tests/gpu.sh run           there, in the unpacked tree: builds with LATHE_CARD and runs the checks
#   tests/gpu.sh HOST          both, through ssh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

headers() {  # the header-only libraries that a bare machine lacks
  rm -rf "$root/.card" && mkdir -p "$root/.card/include" "$root/.card/base"
  for name in nlohmann tl; do cp -rL "/usr/include/$name" "$root/.card/include/"; done
  for name in fmt spdlog; do cp -rL "/usr/include/$name" "$root/.card/base/"; done
}

pack() {
  headers
  tar -C "$root" -czf "$1" CMakeLists.txt installer/cmake core/base core/runs core/engine tests/engine tests/gpu.sh .card
  echo "$1: $(du -h "$1" | cut -f1)"
}

run() {
  [ -d "$root/.card" ] || headers
  cmake -G Ninja -S "$root" -B "$root/build/card" -DCMAKE_BUILD_TYPE=Release -DLATHE_CARD=ON
  ninja -C "$root/build/card" card_check lathe_cuda
  "$root/build/card/bin/card_check"
}

case "${1:-}" in
  pack) pack "${2:-lathe-card.tar.gz}" ;;
  run) run ;;
  "") sed -n 2,5p "$0"; exit 2 ;;
  *) pack /tmp/lathe-card.tar.gz
     ssh "$1" 'mkdir -p lathe-card && tar -C lathe-card -xzf - && lathe-card/tests/gpu.sh run' < /tmp/lathe-card.tar.gz ;;
esac
