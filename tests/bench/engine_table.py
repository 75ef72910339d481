#!/usr/bin/env python3
"""The engine's figures on processors, each against its peer in the same run, as the rows of README's table.

usage: engine_table.py --data DIR [--python PYTHON] [--bin build/default/bin] [steps loader first-step digits ap …]

DIR holds camvid/. PYTHON (default: this one) has torch 2.11, torchvision, numpy, Pillow, pycocotools and faster-coco-eval; PYTHONPATH
may point to the unpacked wheel of torch. `ninja -C build/default bench` comes first. All of it takes six minutes; nothing else should
run beside. Ends with 1 when a figure falls short. What the presets reach on real data: recipes.py; what needs a card: card_table.py.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

import recipes

HERE = pathlib.Path(__file__).resolve().parent
SHORT = []


def said(*words):
    """What a benchmark prints."""
    done = subprocess.run(list(map(str, words)), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{words[0]} failed with {done.returncode}:\n{done.stdout}")
    return done.stdout


def found(pattern, text):
    match = re.search(pattern, text)
    if not match:
        sys.exit(f"no figure in what was printed:\n{text}")
    return [float(word) for word in match.groups()]


def row(figure, here, peer, ratio, least=None, most=None):
    reached = ratio >= least if least else ratio <= most
    if not reached:
        SHORT.append(figure)
    goal = f">= {least}x" if least else f"<= {most}x"
    print(f"| {figure} | {here} | {peer} | {ratio:.2f}x | {goal}{'' if reached else ': SHORT'} |", flush=True)


def steps(options, _):
    text = said(options.bin / "bench_resnet_step", options.python, 3)
    for line in text.splitlines():
        own, last, plain, ratio = found(r"lathe ([\d.]+) s, python channels last ([\d.]+) s, NCHW ([\d.]+) s, ratio to the quicker ([\d.]+)", line)
        row("training step, " + line.split(":")[0], f"{own:.2f} s", f"{min(last, plain):.2f} s: PyTorch eager, the quicker layout", ratio, most=0.95)


def loader(options, folder):
    said(options.python, HERE / "loader_data.py", options.data / "camvid", folder / "jpegs")
    text = said(options.bin / "bench_loader", folder / "jpegs", options.python, 5)
    theirs = found(r"DataLoader (\d+)", text)[0]
    for words, key, least in (("JPEG 640x480 to 224 px batches, decoded", "without a cache", 2.5), ("the same from the cache", "cached", 20)):
        own, ratio = found(rf"  {key} +(\d+) images/s, ([\d.]+)x", text)
        row(words, f"{own:.0f} images/s", f"{theirs:.0f}: DataLoader, torchvision.io, 2 workers", ratio, least=least)


def digits_run(options, folder):
    if not (folder / "digits").exists():
        workspace = recipes.workspace(options.bin / "lathe", "digits", None, folder)
        (folder / "digits.run").write_text(recipes.run(options.bin / "lathe", "train", workspace)["folder"])
    return (folder / "digits.run").read_text()


def first_step(options, folder):
    text = said(sys.executable, HERE / "bench_digits.py", digits_run(options, folder), options.python, "--first-step",
                "--engine", options.bin / "lathe-engine")
    own, theirs, ratio = found(r"lathe-engine ([\d.]+) s, python ([\d.]+) s, ratio ([\d.]+)", text)
    row("from the button to the first step", f"{own:.1f} s", f"{theirs:.1f} s: Python", ratio, most=0.5)


def digits(options, folder):
    text = said(sys.executable, HERE / "bench_digits.py", digits_run(options, folder), options.python, "--engine", options.bin / "lathe-engine")
    own, theirs, ratio = found(r"lathe-engine ([\d.]+) s, python ([\d.]+) s, ratio ([\d.]+)", text)
    right, other = found(r"accuracy: lathe-engine ([\d.]+) .*python ([\d.]+)", text)
    row("digits to 98.5 %, net and recipe the same", f"{own:.1f} s ({right:.3f})", f"{theirs:.1f} s ({other:.3f}): Python", ratio, most=0.8)


def ap(options, folder):
    said(options.python, HERE / "coco_ap_data.py", folder / "ap")
    text = said(options.bin / "bench_coco_ap", folder / "ap", options.python)
    own = found(r"truths: ([\d.]+) s", text)[0]
    for name, key, most in (("pycocotools", "pycocotools", 0.05), ("faster-coco-eval", "faster", 0.4)):
        theirs, ratio = found(rf"{key}: ([\d.]+) s, ratio ([\d.]+)", text)
        row("COCO AP of 500,000 boxes on 5,000 images", f"{own:.2f} s", f"{theirs:.1f} s: {name}", ratio, most=most)


PARTS = {"steps": steps, "loader": loader, "first-step": first_step, "digits": digits, "ap": ap}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path("build/default/bin"))
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print("| | here | against | ratio | to reach |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for part in options.parts or PARTS:
            PARTS[part](options, pathlib.Path(folder))
    if SHORT:
        sys.exit("short: " + ", ".join(SHORT))


if __name__ == "__main__":
    main()
