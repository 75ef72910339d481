#!/usr/bin/env bash
# Takes the pictures of the canvas's README: every tool at work, by its test (needs imagemagick and a built build/default).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$root/resources/pictures/tools
mkdir -p "$out"
LATHE_TOOL_PICTURES=$out QT_QPA_PLATFORM=offscreen "$root/build/default/bin/tst_tool_pictures"
for picture in "$out"/*.png; do
  convert "$picture" -strip -colors 128 -define png:compression-level=9 "png8:$picture"
done
du -ch "$out"/*.png | tail -n 1
