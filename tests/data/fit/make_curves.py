#!/usr/bin/env python3
"""Curves of real runs on the 5,000 digits, for tests/core/tst_fit_words.cpp: make_curves.py LATHE FOLDER (scratch).

memorises: the small net on 200 images without augmentation or decay. overfits: a transformer in its place. underfits: a rate that
is far too low. preset: as a user gets it.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
COMMON = ["--device", "cpu", "--seed", "1", "--set", "loss.label_smoothing=0"]
FEW = ["--batch", "32", "--set", "augmentation=[]", "--set", "optimizer.weight_decay=0", "--set", "schedule.name=constant"]
RUNS = {
    "memorises": ("0.04", FEW + ["--epochs", "60", "--lr", "0.002"]),
    "overfits": ("0.04", FEW + ["--epochs", "24", "--lr", "0.0005", "--model", "vit_tiny_patch16", "--size", "32"]),
    "underfits": ("0.2", ["--epochs", "12", "--lr", "0.000001", "--set", "schedule.name=constant"]),
    "preset": ("0.8", ["--epochs", "12"]),
}


def lathe(*words):
    done = subprocess.run([sys.argv[1], *words, "--json"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"lathe {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def curves(shown):
    epochs = [event for event in shown["events"] if event["kind"] == "epoch"]
    plan = next(event for event in shown["events"] if event["kind"] == "plan")
    return {
        "classes": len(epochs[-1]["per_class"]),
        "val_images": plan["images"]["val"],
        "epochs": [[e["epoch"], e["metrics"]["train/loss"], e["metrics"]["val/loss"], e["metrics"]["val/accuracy"]] for e in epochs],
    }


def main():
    scratch = pathlib.Path(sys.argv[2])
    lathe("samples", "digits", str(scratch / "digits"))
    for name, (share, options) in RUNS.items():
        workspace = str(scratch / f"{name}.lathe")
        lathe("init", workspace)
        lathe("import", workspace, str(scratch / "digits"))
        rest = str((1 - float(share)) / 2)
        lathe("split", workspace, "--train", share, "--val", rest, "--test", rest, "--stratify", "--seed", "1")
        lathe("train", workspace, *COMMON, *options)
        text = json.dumps(curves(lathe("show", workspace, "last")))
        (HERE / f"{name}.json").write_text(text.replace("], [", "],\n[") + "\n")


main()
