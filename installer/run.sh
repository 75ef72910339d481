#!/usr/bin/env bash
# From a bare Debian 12 to the workbench on real images:   installer/run.sh [--dry-run] [--no-window]
# Sets up, builds, makes a sample workspace and opens it. Without a display (or with --no-window) it drives the same loop with
# verbs on 5,000 handwritten digits and prints what it made.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
window=1
for option in "$@"; do
  case $option in
    --dry-run) exec "$root/installer/setup.sh" --dry-run ;;
    --no-window) window= ;;
    *) echo "run.sh: unknown option $option; see the head of the file" >&2; exit 2 ;;
  esac
done
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then window=; fi
started=$SECONDS

"$root/installer/setup.sh"
"$root/installer/build.sh" default lathe lathe-engine
lathe=$root/build/default/bin/lathe
samples=${XDG_DATA_HOME:-$HOME/.local/share}/lathe/samples
workspace=$samples/digits.lathe
mkdir -p "$samples"

say() { printf '%s\n' "$*" >&2; }
value() { python3 -c 'import json,sys; v=json.load(sys.stdin)
for k in sys.argv[1].split("."): v=v[int(k)] if isinstance(v,list) else v[k]
print(v)' "$1"; }

if [ ! -e "$workspace/lathe.db" ]; then
  say "making the sample workspace $workspace"
  rm -rf "$samples/digits" "$workspace"
  "$lathe" samples digits "$samples/digits"
  "$lathe" init "$workspace"
  "$lathe" import "$workspace" "$samples/digits"
  "$lathe" split "$workspace" --train 0.8 --val 0.1 --test 0.1 --stratify --seed 1
  "$lathe" snapshot "$workspace" v1
fi
if [ -n "$window" ]; then
  say "opening the workbench after $((SECONDS - started)) s"
  exec "$lathe" open "$workspace"
fi

run=$("$lathe" train "$workspace" --task classify --snapshot v1 --seed 1 --device cpu --json)
run_id=$(value run <<<"$run")
accuracy=$("$lathe" eval "$workspace" "$run_id" --split test --json | value metrics.accuracy)
image=$(find "$samples/digits" -name '*.png' | sort | sed -n 8p)
"$lathe" explain "$workspace" "$run_id" "$image" --method gradcam --out "$samples/explanation" --json >/dev/null
package=$("$lathe" package "$workspace" "$run_id" --json)
model=$(value model <<<"$package")
"$lathe" submit "$workspace" "$model" --as ana >/dev/null
"$lathe" approve "$workspace" "$model" --note "sample run: figures and pictures looked at" --as bo >/dev/null
if ! "$lathe" targets "$workspace" --json | grep -q '"here"'; then
  "$lathe" target add "$workspace" here --kind folder --url "$samples/served" >/dev/null
fi
push=$("$lathe" push "$workspace" "$model" here --json)

log=$(mktemp)
"$lathe" serve "$workspace" "$model" --port 0 >"$log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 100); do grep -q 'listening on' "$log" && break; sleep 0.2; done
url=$(sed -n 's/.*listening on //p' "$log")
served=$(python3 "$root/installer/ask_server.py" "$url")

cat <<END
workspace    $workspace
run          $run_id
accuracy     $accuracy (500 test digits)
explanation  $samples/explanation/overlay.png
model        $(value digest <<<"$package")
pushed       $samples/served (parity $(value parity.max_abs <<<"$push") at most)
predicted    $served at $url
seconds      $((SECONDS - started))
END
