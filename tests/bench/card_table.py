#!/usr/bin/env python3
"""The figures that need a card, against their peers in the same run, as the rows of a table (tests/gpu.sh runs it).

usage: card_table.py --bin card_check --data DIR [steps256 steps32 fashion bccd camvid …] [--device cpu --tiny]

DIR holds the files of card_data.py. `--device cpu --tiny` proves that all of it works where there is no card: small models, few
pictures, one epoch; its figures mean nothing. Ends with 1 when a row falls short of its figure, which `--tiny` leaves out.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SETS = {  # metric, least
    "fashion": ("Fashion-MNIST", "accuracy", 0.954),
    "bccd": ("BCCD from scratch", "ap50", 0.88),
    "camvid": ("CamVid subset", "miou", 0.62),
}
STEPS = {  # batch, least share of the speed of eager Python and of torch.compile
    "steps256": (256, 1.0, 0.9),
    "steps32": (32, 1.2, 0.9),
}


class Stepper:
    """A program that reads a count a line and answers with seconds a step."""

    def __init__(self, command):
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, count):
        try:
            self.process.stdin.write(f"{count}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        return float(answer) if answer else None

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def turns(lathe, peer, options):
    """Seconds a step of both, the medians of rounds in turns: one after the other would see another clock of the card. One peer at
    a time, whose memory is free again afterwards. None: the peer isn't there."""
    rounds, each, warm = (2, 1, 5) if options.tiny else (8, 20, 20)
    times = []
    if peer.ask(warm) is not None:
        times = [(lathe.ask(each), peer.ask(each)) for _ in range(rounds)]
    peer.end()
    if not times or any(None in pair for pair in times):
        return None
    return [statistics.median(column) for column in zip(*times)]


def steps(options, name):
    batch, of_eager, of_compile = STEPS[name]
    batch = batch // 16 if options.tiny else batch
    where = ["--device", "cpu", "--tiny"] if options.tiny else []
    figure = f"{'ResNet-18 32 px' if options.tiny else 'ResNet-50 224 px'} bf16 at {batch}"
    lathe = Stepper([options.bin, "step", batch, *where])
    if lathe.ask(5 if options.tiny else 20) is None:
        row(figure, "-", "lathe did not answer", "-", False)
        return False
    python = [sys.executable, HERE / "peer_card_step.py"]
    peers = (("Python eager", of_eager, [*python, "eager", batch]), ("Python CUDA graph", None, [*python, "graph", batch]),
             ("torch.compile", of_compile, [*python, "compile", batch]),
             ("lathe without graphs", None, [options.bin, "step", batch, "eager"]))
    ok = True
    for words, least, command in peers:
        goal = f">= {least}x" if least else "-"
        measured = turns(lathe, Stepper([*command, *where]), options)
        if measured is None:
            row(figure, words, "not there", goal, False if least else None)
            ok &= least is None
            continue
        own, other = (batch / seconds for seconds in measured)
        reached = own / other >= least if least else None
        ok &= reached is not False
        row(figure, f"{words} {other:.0f} images/s", f"{own:.0f} images/s: {own / other:.2f}x", goal, reached)
    lathe.end()
    return ok


def train(options, name):
    title, metric, least = SETS[name]
    where = ["--device", "cpu", "--tiny"] if options.tiny else []
    done = subprocess.run(list(map(str, [options.bin, "train", options.data / f"{name}.safetensors", *where])),
                          stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        row(title, "-", "failed", f">= {least}", False)
        return False
    told = json.loads(done.stdout.splitlines()[-1])
    test = told["metrics"].get(metric, 0)
    reached = test >= least
    row(title, f"{told['model']} {told['input']}, {told['epochs']} epochs",
        f"{metric} {test:.4f} in {told['seconds']:.0f} s, {told['metrics']['images_per_second']:.0f} images/s", f">= {least}", reached)
    return reached


OPTIONS = None


def row(figure, peer, value, goal, reached):
    mark = "" if OPTIONS.tiny or reached is None else " yes" if reached else " SHORT"
    text = f"| {figure} | {peer} | {value} | {goal}{mark} |"
    print(text, flush=True)
    if OPTIONS.out:
        with open(OPTIONS.out, "a", encoding="utf-8") as file:
            file.write(text + "\n")


def main():
    global OPTIONS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path("build/card/bin/card_check"))
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("build/card/data"))
    parser.add_argument("--out", type=pathlib.Path, help="rows are added to this file as well")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("parts", nargs="*")
    OPTIONS = parser.parse_args()
    if OPTIONS.tiny != (OPTIONS.device == "cpu"):
        sys.exit("--device cpu and --tiny belong together")
    print("| figure | peer or model | reached | to reach |\n|---|---|---|---|", flush=True)
    ok = True
    for name in OPTIONS.parts or [*STEPS, *SETS]:
        ok &= steps(OPTIONS, name) if name in STEPS else train(OPTIONS, name)
    sys.exit(0 if ok or OPTIONS.tiny else 1)


if __name__ == "__main__":
    main()
