#!/usr/bin/env bash
# Takes the pictures of README.md from the running program, in dark, light and Korean:
#   installer/pictures.sh [MODE...]      (default: every mode; needs xvfb, imagemagick, pngquant, xdotool and a built build/default)
# Blood cells stand in Label, Browse and its pages; three runs on the digits in the other modes. They are made once, in a folder of the cache.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}
lathe=$root/build/default/bin/lathe
out=$root/resources/pictures
work=$cache/pictures
modes=("$@")  # after the modes: pages of Browse
[ ${#modes[@]} -gt 0 ] || modes=(start label browse train compare explain profile review serve million explore duplicates versions lineage)
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

make_million() {  # the cells again and again
  [ -e "$work/million.lathe/lathe.db" ] && return
  python3 "$root/tests/bench/make_million.py" "$work/cells.lathe" "$work/million.lathe"
  "$lathe" query "$work/million.lathe" "split:val" >/dev/null
}

make_versions() {  # cells with copies among them; classes and splits change from version to version
  [ -e "$work/versions.done" ] && return
  rm -rf "$work/copies" "$work/versions.lathe"
  mkdir -p "$work/copies"
  for file in $(find "$work/bccd" -name '*.jpg' | sort | head -n 12); do
    convert "$file" -resize 50% -quality 70 "$work/copies/small_$(basename "$file")"
    cp "$file" "$work/copies/copy_$(basename "$file")"
  done
  "$lathe" init "$work/versions.lathe"
  "$lathe" import "$work/versions.lathe" "$work/bccd" || [ $? = 3 ]
  "$lathe" split "$work/versions.lathe" --train 0.7 --val 0.15 --test 0.15 --stratify --seed 1
  "$lathe" snapshot "$work/versions.lathe" v1 --note "As they came" --as ana
  "$lathe" class "$work/versions.lathe" merge Platelets RBC --as ana
  "$lathe" snapshot "$work/versions.lathe" v2 --note "Platelets count as cells" --tag baseline --as ana
  "$lathe" restore "$work/versions.lathe" v1 --as bo
  "$lathe" split "$work/versions.lathe" --train 0.8 --val 0.1 --test 0.1 --stratify --seed 2 --as bo
  "$lathe" import "$work/versions.lathe" "$work/copies" --as bo
  "$lathe" snapshot "$work/versions.lathe" v3 --note "Other split, more pictures" --branch more --as bo
  "$lathe" train "$work/versions.lathe" --task detect --snapshot v1 --seed 1 --epochs 1 --size 96 --name "boxes" --as ana || true
  "$lathe" package "$work/versions.lathe" last --as ana || true
  touch "$work/versions.done"
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

key_in_grid() {  # the focus is in the grid when Browse opens; without a window manager the window must be given it
  DISPLAY=$display xdotool search --onlyvisible --name "Lathe" windowfocus sleep 0.5 key "$1" sleep 3
}

pose() {  # something is chosen where a picture of nothing chosen would say little
  case $1 in
    label) at 660 380 click 1 ;;
    browse)
      at 450 420 click 1
      at 1140 420 keydown ctrl click 1 keyup ctrl
      at 900 620 keydown ctrl click 1 keyup ctrl
      ;;
    million) at 980 300 click 1 ;;
    explore) key_in_grid e ;;
    duplicates) key_in_grid d ;;
    versions)  # the second against its parent
      key_in_grid h
      at 484 228 click 1
      DISPLAY=$display xdotool key shift+c sleep 2
      ;;
    lineage)
      key_in_grid h
      DISPLAY=$display xdotool key shift+l sleep 2
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
  case $mode in
    label | browse) workspace=$work/cells.lathe ;;
    million) workspace=$work/million.lathe mode=browse ;;
    explore | duplicates | versions | lineage) workspace=$work/versions.lathe mode=browse ;;
  esac
  [ "$mode" = label ] && image=(--image BloodImage_00226.jpg)
  DISPLAY=$display "$lathe" open "$workspace" --mode "$mode" --theme "$theme" --lang "$language" --no-welcome ${image[@]+"${image[@]}"} &
  local program=$!
  sleep 3  # its own geometry is restored by then
  DISPLAY=$display xdotool search --onlyvisible --name "Lathe" windowmove 0 0 windowsize 1600 1000 >/dev/null 2>&1 || true
  settled
  pose "$2"
  at 1599 12
  settled
  DISPLAY=$display import -window root -depth 8 png:- | pngquant --speed 1 --strip 256 - >"$out/$name.png"
  kill "$program" && wait "$program" 2>/dev/null || true
}

make_cells
make_digits
make_million
make_versions
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
