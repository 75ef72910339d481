#!/usr/bin/env python3
"""What the presets reach on real data on this machine, from files to a tested model with the verbs alone.

usage: recipes.py --lathe build/default/bin/lathe --data DIR [bccd camvid fashion digits …]

DIR holds bccd/ (Pascal VOC), camvid/ (SegNet's layout) and fashion-mnist/ (IDX files); digits come from `lathe samples`. Each set goes
into a workspace of its own, is trained with `lathe train --task …` and no other option, and gives a row: set, model, epochs, metric,
value, seconds, what is to be reached. Ends with 1 when a row falls short. Needs numpy and Pillow.
"""
import argparse
import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

GOALS = {  # task, metric, least, seconds
    "digits": ("classify", "accuracy", 0.985, 90),
    "fashion": ("classify", "accuracy", 0.925, 360),
    "bccd": ("detect", "ap50", 0.80, 1500),
    "camvid": ("segment", "miou", 0.45, 1200),
}


def run(lathe, *words):
    done = subprocess.run([lathe, *map(str, words), "--json"], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"lathe {words[0]} failed with {done.returncode}")
    return json.loads(done.stdout)


def bccd(data, to):
    """One folder a split, as the set's own lists have them."""
    for split in ("train", "val", "test"):
        folder = to / split
        for part in ("JPEGImages", "Annotations"):
            (folder / part).mkdir(parents=True)
        for name in (data / "bccd/ImageSets/Main" / f"{split}.txt").read_text().split():
            shutil.copy(data / "bccd/JPEGImages" / f"{name}.jpg", folder / "JPEGImages")
            shutil.copy(data / "bccd/Annotations" / f"{name}.xml", folder / "Annotations")


def runs_of(mask):
    """COCO's uncompressed run lengths: column after column, background first."""
    flat = np.concatenate([[0], mask.T.flatten().astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(flat))
    counts = np.diff(np.concatenate([[0], edges])).tolist()
    rest = mask.size - sum(counts)
    return counts + ([rest] if rest else [])


def camvid(data, to):
    """COCO files with a mask for each class of a picture; what isn't labelled gets none."""
    names = [line.split()[-1] for line in (data / "camvid/classes.txt").read_text().splitlines() if line.strip()][:11]
    for split in ("train", "val", "test"):
        folder = to / split
        folder.mkdir(parents=True)
        images, annotations = [], []
        for number, file in enumerate(sorted((data / "camvid" / split).glob("*.jpg")), 1):
            shutil.copy(file, folder)
            mask = np.array(Image.open(data / "camvid" / f"{split}annot" / f"{file.stem}.png"))
            height, width = mask.shape
            images.append({"id": number, "file_name": file.name, "width": width, "height": height})
            for k in range(len(names)):
                if not (mask == k).any():
                    continue
                rows, columns = np.nonzero(mask == k)
                box = [int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1]
                annotations.append({"id": len(annotations) + 1, "image_id": number, "category_id": k + 1, "iscrowd": 0,
                                    "area": int((mask == k).sum()), "bbox": box,
                                    "segmentation": {"size": [height, width], "counts": runs_of(mask == k)}})
        (folder / "labels.json").write_text(json.dumps({"images": images, "annotations": annotations, "categories": [
            {"id": k + 1, "name": name} for k, name in enumerate(names)]}))


def fashion(data, to):
    names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]
    for part, whole in (("train", "train"), ("t10k", "test")):
        pixels = np.frombuffer(gzip.open(data / f"fashion-mnist/{part}-images-idx3-ubyte.gz").read(), np.uint8, offset=16)
        labels = np.frombuffer(gzip.open(data / f"fashion-mnist/{part}-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
        for number, (picture, label) in enumerate(zip(pixels.reshape(-1, 28, 28), labels)):
            split = "val" if whole == "train" and number % 20 == 0 else whole
            folder = to / split / names[label]
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(picture).save(folder / f"{number}.png", compress_level=1)


def workspace(lathe, name, data, folder):
    ws = folder / "ws"
    run(lathe, "init", ws)
    if name == "digits":
        run(lathe, "samples", "digits", folder / "digits")
        run(lathe, "import", ws, folder / "digits")
        run(lathe, "split", ws, "--train", 4000, "--val", 500, "--test", 500, "--seed", 1)
        return ws
    {"bccd": bccd, "camvid": camvid, "fashion": fashion}[name](data, folder / name)
    for split in ("train", "val", "test"):
        run(lathe, "import", ws, folder / name / split, "--split", split)
    return ws


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lathe", default="build/default/bin/lathe")
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("sets", nargs="*", help=", ".join(GOALS))
    options = parser.parse_args()
    short = False
    print("| set | model | epochs | metric | value | seconds | to reach |\n|---|---|---|---|---|---|---|", flush=True)
    for name in options.sets or list(GOALS):
        task, metric, least, seconds = GOALS[name]
        with tempfile.TemporaryDirectory() as folder:
            ws = workspace(options.lathe, name, options.data, pathlib.Path(folder))
            result = run(options.lathe, "train", ws, "--task", task)
            spec = json.loads((pathlib.Path(result["folder"]) / "resolved.json").read_text())
            value = result["metrics"].get(metric, 0)
            reached = value >= least and result["seconds"] <= seconds
            short |= not reached
            print(f"| {name} | {spec['model']['name']} | {result['epochs']} | {metric} | {value:.4f} | {result['seconds']:.0f} | "
                  f">= {least} in {seconds} s{'' if reached else ': SHORT'} |", flush=True)
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
