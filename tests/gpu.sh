#!/usr/bin/env bash
# Checks the engine on a machine that has a card, torch 2.11 and torchvision in its Python, nvcc, CMake and ninja, and nothing else,
# and prints the table of the figures that need a card.
#   tests/gpu.sh pack [FILE] [DATA]   here: what that machine needs, as one archive (default lathe-card.tar.gz); DATA: a folder with
#                                     fashion-mnist, bccd and camvid
#   tests/gpu.sh run [PART…]          there, in the unpacked tree: builds with LATHE_CARD, checks, prints the table. PARTs, all by
#                                     default, each within ten minutes: check steps256 steps32 fashion bccd camvid
#   tests/gpu.sh HOST [DATA]          both, through ssh
# LATHE_TINY=1 with run proves the script where there is no card: the card's way on the processor, small models, few pictures.
# The rows gather in build/card/table.md, a copy goes to $OUT where that is set (the folder that comes back from a lent machine).
# LATHE_PYTHON: a Python with torch and torchvision (default python3). LATHE_JOBS: compilers at once (default all cores).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
python=${LATHE_PYTHON:-python3}
most=$((64 * 1024 * 1024))  # bytes that can be carried to a lent machine

headers() {  # the header-only libraries that a bare machine lacks
  rm -rf "$root/.card" && mkdir -p "$root/.card/include" "$root/.card/base"
  for name in nlohmann tl; do cp -rL "/usr/include/$name" "$root/.card/include/"; done
  for name in fmt spdlog; do cp -rL "/usr/include/$name" "$root/.card/base/"; done
}

sets() {  # the files that card_data.py reads, of those sets that are there
  local data=$1
  mkdir -p "$root/.card/data"
  for name in fashion-mnist bccd camvid; do
    if [ -d "$data/$name" ]; then cp -rL "$data/$name" "$root/.card/data/"; else echo "no $name in $data" >&2; fi
  done
  chmod -R u+w "$root/.card/data"
}

pack() {
  headers
  [ -z "${2:-}" ] || sets "$2"
  tar -C "$root" -czf "$1" CMakeLists.txt installer/cmake core/base core/runs core/engine tests/engine tests/bench tests/gpu.sh .card
  local bytes
  bytes=$(stat -c %s "$1")
  echo "$1: $((bytes / 1024 / 1024)) MiB"
  [ "$bytes" -le "$most" ] || { echo "more than the 64 MiB that can be carried" >&2; exit 1; }
}

build() {
  [ -d "$root/.card/include" ] || headers
  cmake -G Ninja -S "$root" -B "$root/build/card" -DCMAKE_BUILD_TYPE=Release -DLATHE_CARD=ON ${LATHE_CMAKE:-}
  local targets=(card_check)
  if ninja -C "$root/build/card" -t targets all | grep -q '^lathe_cuda:'; then targets+=(lathe_cuda); fi
  ninja -C "$root/build/card" ${LATHE_JOBS:+-j "$LATHE_JOBS"} "${targets[@]}"
}

run() {
  local tiny=() few=() parts=("$@") figures=() checks='' status=0
  if [ -n "${LATHE_TINY:-}" ]; then tiny=(--device cpu --tiny) few=(--most 12); fi
  if [ ${#parts[@]} -eq 0 ]; then parts=(check steps256 steps32 fashion bccd camvid); fi
  build
  local bin=$root/build/card/bin/card_check data=$root/build/card/data
  for part in "${parts[@]}"; do
    case $part in
      check) checks=1; continue ;;
      fashion | bccd | camvid)
        [ -f "$data/$part.safetensors" ] || "$python" "$root/tests/bench/card_data.py" "$root/.card/data" "$data" "$part" "${few[@]}" ;;
    esac
    figures+=("$part")
  done
  if [ -n "$checks" ]; then
    "$bin" check "${tiny[@]}" || status=$?
    # Where Qt is there too, the same under Qt Test.
    if [ -f "$root/build/default/CTestTestfile.cmake" ]; then
      ctest --test-dir "$root/build/default" -L gpu --output-on-failure || status=$?
    fi
  fi
  if [ ${#figures[@]} -gt 0 ]; then
    "$python" "$root/tests/bench/card_table.py" --bin "$bin" --data "$data" --out "$root/build/card/table.md" "${tiny[@]}" \
      "${figures[@]}" || status=$?
  fi
  if [ -n "${OUT:-}" ] && [ -f "$root/build/card/table.md" ]; then cp "$root/build/card/table.md" "$OUT/"; fi
  exit "$status"
}

case "${1:-}" in
  pack) pack "${2:-lathe-card.tar.gz}" "${3:-}" ;;
  run) run "${@:2}" ;;
  "") sed -n 2,12p "$0"; exit 2 ;;
  *) pack /tmp/lathe-card.tar.gz "${2:-}"
     ssh "$1" 'mkdir -p lathe-card && tar -C lathe-card -xzf - && lathe-card/tests/gpu.sh run' < /tmp/lathe-card.tar.gz ;;
esac
