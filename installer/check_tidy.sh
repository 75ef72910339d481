#!/usr/bin/env bash
# clang-tidy over the tree:   installer/check_tidy.sh [--all | --since COMMIT | FILE...]
# Without arguments over the .cpp files that differ from main or are not committed; --all takes half an hour and more, so .ci/run
# leaves it out. Reads the commands of the preset dev, which compiles each file by itself; a file that it doesn't compile is left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=build/dev
[ -e "$build/compile_commands.json" ] || cmake --preset dev >/dev/null

changed() { git diff --name-only --diff-filter=d "$1" -- '*.cpp'; git ls-files --others --exclude-standard -- '*.cpp'; }
case ${1:-} in
  --all) list=$(git ls-files '*.cpp') ;;
  --since) list=$(changed "$2") ;;
  "") list=$(changed "$(git merge-base HEAD main)") ;;
  *) list=$(printf '%s\n' "$@") ;;
esac

# clang can't read GCC's precompiled headers: each command includes the header that was precompiled instead.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$build" "$work" $list <<'PY'
import json, os, re, sys
build, work, wanted = sys.argv[1], sys.argv[2], {os.path.abspath(f) for f in sys.argv[3:]}
plain = lambda m: "-include " + re.search(r'#include "(.+)"', open(m[1]).read())[1]
commands = [c for c in json.load(open(f"{build}/compile_commands.json")) if os.path.abspath(c["file"]) in wanted]
for c in commands:
    command = re.sub(r"-Winvalid-pch|-Werror|-Wshadow=local", "", c["command"])  # GCC's own
    c["command"] = re.sub(r"-include (\S+/cmake_pch\.hxx)", plain, command)
json.dump(commands, open(f"{work}/compile_commands.json", "w"))
open(f"{work}/files", "w").write("".join(sorted({os.path.relpath(c["file"]) + "\n" for c in commands})))
PY
tidy() {
  clang-tidy -quiet -p "$1" "$2" 2>"$1/errors.$$" || { grep -v 'warnings\? generated\|Suppressed\|Use -header-filter' "$1/errors.$$" >&2; exit 1; }
}
export -f tidy
failed=0
xargs -a "$work/files" -r -P "$(nproc)" -n 1 bash -c 'tidy "$0" "$1"' "$work" || failed=1
echo "clang-tidy: $(wc -l <"$work/files") files, $([ $failed = 0 ] && echo clean || echo findings above)"
exit $failed
