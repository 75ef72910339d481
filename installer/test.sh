#!/usr/bin/env bash
# The same set-up as run.sh, then every test:   installer/test.sh [--dry-run] [--preset P] [--label L] [--exclude L] [-R REGEX]
# Labels: fast, slow, gpu (skips with a reason without a card), net (skips without its server).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
preset=default
choose=()
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) exec "$root/installer/setup.sh" --tests --dry-run ;;
    --preset) preset=$2; shift 2 ;;
    --label) choose+=(-L "$2"); shift 2 ;;
    --exclude) choose+=(-LE "$2"); shift 2 ;;
    -R) choose+=(-R "$2"); shift 2 ;;
    *) echo "test.sh: unknown option $1; see the head of the file" >&2; exit 2 ;;
  esac
done
"$root/installer/setup.sh" --tests
"$root/installer/build.sh" "$preset"
export LATHE_TEST_PYTHON=$cache/venv/bin/python LATHE_TORCH_DIR=$cache/torch-2.11.0
cd "$root/build/$preset"
exec ctest --output-on-failure -j2 ${choose[@]+"${choose[@]}"}
