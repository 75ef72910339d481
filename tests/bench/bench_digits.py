#!/usr/bin/env python3
"""The digits from a run folder to a tested net, by lathe-engine and by the same net and recipe in PyTorch, in turns; and from the
start of each to its first step.

usage: bench_digits.py RUN PYTHON [--engine build/default/bin/lathe-engine] [-n ROUNDS] [--first-step]

RUN: the folder of a run of `lathe train` on the digits of `lathe samples` (4,000, 500 and 500 in the splits); its spec and data are
taken, nothing in it is changed. PYTHON has torch, numpy and Pillow. Seconds of the whole program. The engine's first step counts when
it stands in the log, which is written every ten steps. To reach: both at 98.5 % or more with <= 0.8x of the peer's time; first step
<= 0.5x.
"""
import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

PEER = pathlib.Path(__file__).with_name("peer_digits.py")


def copied(run, to):
    to.mkdir()
    for name in ("spec.json", "data.jsonl"):
        shutil.copy(run / name, to)
    return to


def engine(options, folder):
    start = time.perf_counter()
    process = subprocess.Popen([options.engine, "run", folder], stderr=subprocess.DEVNULL)
    log = folder / "events.log"
    while options.first_step and process.poll() is None:
        if log.exists() and b"train/loss" in log.read_bytes():
            seconds = time.perf_counter() - start
            process.terminate()
            process.wait()
            return seconds, None
        time.sleep(0.005)
    process.wait()
    return time.perf_counter() - start, json.loads((folder / "report.json").read_text())["metrics"]["accuracy"]


def peer(options):
    words = ["--first-step"] if options.first_step else []
    start = time.perf_counter()
    process = subprocess.Popen([options.python, PEER, options.run, *words], stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline().strip()
    seconds = time.perf_counter() - start
    process.wait()
    return seconds, None if options.first_step else float(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("python")
    parser.add_argument("--engine", default="build/default/bin/lathe-engine")
    parser.add_argument("-n", type=int, default=3)
    parser.add_argument("--first-step", action="store_true")
    options = parser.parse_args()
    own, other = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.n):
            own.append(engine(options, copied(options.run, pathlib.Path(folder) / str(number))))
            other.append(peer(options))
    ours, theirs = (statistics.median(seconds for seconds, _ in each) for each in (own, other))
    what = "first step" if options.first_step else "digits"
    print(f"{what}: lathe-engine {ours:.2f} s, python {theirs:.2f} s, ratio {ours / theirs:.3f}"
          f" (to reach {0.5 if options.first_step else 0.8})")
    if not options.first_step:
        print("test accuracy: lathe-engine", *(f"{a:.4f}" for _, a in own), "python", *(f"{a:.4f}" for _, a in other))


if __name__ == "__main__":
    main()
