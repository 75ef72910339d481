#!/usr/bin/env bash
# Takes the pictures of README.md from the running program, in dark, light and Korean:
#   installer/pictures.sh [MODE...]      (default: every mode; needs xvfb, imagemagick, pngquant, xdotool and a built build/default)
# Blood cells stand in Label and Browse; three runs on the digits in the other modes. They are made once, in a folder of the cache.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
lathe=$root/build/default/bin/lathe
out=$root/resources/pictures
work=$cache/pictures
modes=("$@")
[ ${#modes[@]} -gt 0 ] || modes=(start label browse train compare explain profile review serve)
export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config XDG_DATA_HOME=$work/home/.local/share USER=ana
mkdir -p "$out" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"

make_cells() {
  [ -e "$work/cells.lathe/lathe.db" ] && return
  rm -rf "$work/bccd" "$work/cells.lathe"
  "$lathe" samples bccd "$work/bccd"
  "$lathe" init "$work/cells.lathe"
  "$lathe" import "$work/cells.lathe" "$work/bccd" || [ $? = 3 ]
  "$lathe" split "$work/cells.lathe" --train 0.7 --val 0.15 --test 0.15 --seed 1
  "$lathe" snapshot "$work/cells.lathe" v1 --as ana
}

make_digits() {
  [ -e "$work/digits.done" ] && return
  rm -rf "$work/digits" "$work/digits.lathe" "$work/served"
  "$lathe" samples digits "$work/digits"
  "$lathe" init "$work/digits.lathe"
  "$lathe" import "$work/digits.lathe" "$work/digits"
  "$lathe" split "$work/digits.lathe" --train 0.8 --val 0.1 --test 0.1 --stratify --seed 1
  "$lathe" snapshot "$work/digits.lathe" v1 --as ana
  "$lathe" target add "$work/digits.lathe" shelf --kind folder --url "$work/served" --as ana
  "$lathe" train "$work/digits.lathe" --snapshot v1 --seed 1 --epochs 4 --lr 0.0003 --name "low rate" --as ana
  "$lathe" train "$work/digits.lathe" --snapshot v1 --seed 1 --epochs 4 --lr 0.001 --name "first try" --as ana
  "$lathe" train "$work/digits.lathe" --snapshot v1 --seed 1 --epochs 6 --name longer --as bo
  for run in "low rate" "first try"; do
    "$lathe" package "$work/digits.lathe" "$run" --as ana
    "$lathe" submit "$work/digits.lathe" last --as ana
    "$lathe" approve "$work/digits.lathe" last --note "figures and wrong answers looked at" --as bo
    "$lathe" push "$work/digits.lathe" last shelf --as ana
  done
  "$lathe" package "$work/digits.lathe" longer --as bo
  "$lathe" submit "$work/digits.lathe" last --as bo
  touch "$work/digits.done"
}

settled() {  # waits until two pictures a second apart are the same; the curves of the machine never rest, so 8 at most
  local before='' now
  for _ in $(seq 8); do
    now=$(DISPLAY=$display import -window root -depth 8 rgb:- | md5sum)
    [ "$now" = "$before" ] && return
    before=$now
    sleep 1
  done
}

at() {  # at X Y COMMAND...: the mouse there, then what xdotool shall do
  DISPLAY=$display xdotool mousemove "$1" "$2" sleep 0.3 "${@:3}" sleep 0.5
}

pose() {  # something is chosen where a picture of nothing chosen would say little
  case $1 in
    label) at 660 380 click 1 ;;
    browse)
      at 450 420 click 1
      at 1140 420 keydown ctrl click 1 keyup ctrl
      at 900 620 keydown ctrl click 1 keyup ctrl
      ;;
    serve)
      at 1428 500 click 1 sleep 1
      DISPLAY=$display xdotool type "$(find "$work/digits/7" -name '*.png' | sort | head -n 1)"
      DISPLAY=$display xdotool key Return
      ;;
  esac
}

shoot() {  # shoot NAME MODE THEME LANG
  local name=$1 mode=$2 theme=$3 language=$4 workspace=$work/digits.lathe image=()
  case $mode in label | browse) workspace=$work/cells.lathe ;; esac
  [ "$mode" = label ] && image=(--image BloodImage_00226.jpg)
  DISPLAY=$display "$lathe" open "$workspace" --mode "$mode" --theme "$theme" --lang "$language" --no-welcome ${image[@]+"${image[@]}"} &
  local program=$!
  sleep 3  # its own geometry is restored by then
  DISPLAY=$display xdotool search --onlyvisible --name "Lathe" windowmove 0 0 windowsize 1600 1000 >/dev/null 2>&1 || true
  settled
  pose "$mode"
  at 1599 12
  settled
  DISPLAY=$display import -window root -depth 8 png:- | pngquant --speed 1 --strip 256 - >"$out/$name.png"
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
