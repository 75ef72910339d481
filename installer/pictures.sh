#!/usr/bin/env bash
# Takes the pictures of README.md from the running program, in dark, light and Korean:
#   installer/pictures.sh [MODE...]      (default: every mode; needs xvfb, imagemagick, xdotool and a built build/default)
# Blood cells stand in Start, Label and Browse; two runs on the digits in the other modes. They are made once, in a folder of the cache.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
lathe=$root/build/default/bin/lathe
out=$root/resources/pictures
work=$cache/pictures
modes=("$@")
[ ${#modes[@]} -gt 0 ] || modes=(start label browse train compare explain profile review serve)
export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config XDG_DATA_HOME=$work/home/.local/share LATHE_USER=ana
mkdir -p "$out" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"

make_cells() {
  [ -e "$work/cells.lathe/lathe.db" ] && return
  "$lathe" samples bccd "$work/bccd"
  "$lathe" init "$work/cells.lathe"
  "$lathe" import "$work/cells.lathe" "$work/bccd" || [ $? = 3 ]
  "$lathe" split "$work/cells.lathe" --train 0.7 --val 0.15 --test 0.15 --seed 1
  "$lathe" snapshot "$work/cells.lathe" v1
}

make_digits() {
  [ -e "$work/digits.done" ] && return
  rm -rf "$work/digits" "$work/digits.lathe" "$work/served"
  "$lathe" samples digits "$work/digits"
  "$lathe" init "$work/digits.lathe"
  "$lathe" import "$work/digits.lathe" "$work/digits"
  "$lathe" split "$work/digits.lathe" --train 0.8 --val 0.1 --test 0.1 --stratify --seed 1
  "$lathe" snapshot "$work/digits.lathe" v1
  "$lathe" train "$work/digits.lathe" --snapshot v1 --seed 1 --epochs 4 --name "small, 4 epochs"
  "$lathe" train "$work/digits.lathe" --snapshot v1 --seed 1 --name "small, smoothed"
  "$lathe" package "$work/digits.lathe" "small, 4 epochs"
  "$lathe" submit "$work/digits.lathe" last --as ana
  "$lathe" approve "$work/digits.lathe" last --note "figures and wrong answers looked at" --as bo
  "$lathe" target add "$work/digits.lathe" shelf --kind folder --url "$work/served"
  "$lathe" push "$work/digits.lathe" last shelf
  "$lathe" package "$work/digits.lathe" "small, smoothed"
  "$lathe" submit "$work/digits.lathe" last --as bo
  touch "$work/digits.done"
}

shoot() {  # shoot NAME MODE THEME LANG
  local name=$1 mode=$2 theme=$3 language=$4 workspace=$work/digits.lathe image=() wait=5
  case $mode in start | label | browse) workspace=$work/cells.lathe ;; esac
  [ "$mode" = label ] && image=(--image BloodImage_00226.jpg)
  [ "$mode" = explain ] && wait=9
  DISPLAY=$display "$lathe" open "$workspace" --mode "$mode" --theme "$theme" --lang "$language" --no-welcome ${image[@]+"${image[@]}"} &
  local program=$!
  sleep 2
  DISPLAY=$display xdotool search --onlyvisible --pid "$program" windowmove 0 0 windowsize 1600 1000 >/dev/null 2>&1 || true
  sleep "$wait"
  DISPLAY=$display import -window root -depth 8 "$out/$name.png"
  kill "$program" && wait "$program" 2>/dev/null || true
}

make_cells
make_digits
display=:$((90 + RANDOM % 400))
Xvfb "$display" -screen 0 1600x1000x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
sleep 1
for mode in "${modes[@]}"; do
  shoot "$mode-dark" "$mode" dark en
  shoot "$mode-light" "$mode" light en
  shoot "$mode-ko" "$mode" dark ko
  echo "$mode" >&2
done
