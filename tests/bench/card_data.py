#!/usr/bin/env python3
"""Real sets as one safetensors file each, for card_check (tests/engine/card_data.h says what is in them).

usage: card_data.py DATA OUT [fashion bccd camvid …] [--most N]

DATA holds bccd/ (Pascal VOC), camvid/ (SegNet's layout) and fashion-mnist/ (IDX files). Needs torch and torchvision alone.
"""
import argparse
import ctypes
import gzip
import json
import pathlib
import xml.etree.ElementTree

import torch
from torchvision.io import ImageReadMode, decode_jpeg, decode_png, read_file

SPLITS = ("train", "val", "test")
NAMES = {torch.uint8: "U8", torch.int64: "I64", torch.float32: "F32"}


def write(file, tensors, metadata):
    """https://huggingface.co/docs/safetensors: a length, a JSON header, the bytes."""
    header, at = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            tensor = tensor.contiguous()
            out.write(ctypes.string_at(tensor.data_ptr(), tensor.numel() * tensor.element_size()))


def picture(file):
    return decode_jpeg(read_file(str(file)), mode=ImageReadMode.RGB).permute(1, 2, 0)


def gathered(pictures, splits, **more):
    return {"pictures": torch.stack(pictures), "split": torch.tensor(splits, dtype=torch.uint8), **more}


def fashion(data, most):
    names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]
    pictures, labels, splits = [], [], []
    for part in ("train", "t10k"):
        images = bytearray(gzip.open(data / f"fashion-mnist/{part}-images-idx3-ubyte.gz").read())
        answers = bytearray(gzip.open(data / f"fashion-mnist/{part}-labels-idx1-ubyte.gz").read())
        x = torch.frombuffer(images, dtype=torch.uint8, offset=16).reshape(-1, 28, 28, 1)
        y = torch.frombuffer(answers, dtype=torch.uint8, offset=8).to(torch.int64)
        count = min(len(x), most or len(x))
        pictures.append(x[:count])
        labels.append(y[:count])
        # Every twentieth of the training pictures validates, as recipes.py has it.
        splits += [2 if part == "t10k" else int(number % 20 == 0) for number in range(count)]
    tensors = {"pictures": torch.cat(pictures), "split": torch.tensor(splits, dtype=torch.uint8), "labels": torch.cat(labels)}
    return tensors, {"task": "classify", "classes": "\n".join(names)}


def bccd(data, most):
    classes = ["RBC", "WBC", "Platelets"]
    pictures, splits, boxes = [], [], []
    for number, split in enumerate(SPLITS):
        names = (data / "bccd/ImageSets/Main" / f"{split}.txt").read_text().split()
        for name in names[:most or None]:
            for thing in xml.etree.ElementTree.parse(data / f"bccd/Annotations/{name}.xml").iter("object"):
                corners = [float(thing.find("bndbox").find(key).text) for key in ("xmin", "ymin", "xmax", "ymax")]
                boxes.append([len(pictures), classes.index(thing.find("name").text), *corners])
            pictures.append(picture(data / f"bccd/JPEGImages/{name}.jpg"))
            splits.append(number)
    return (gathered(pictures, splits, boxes=torch.tensor(boxes, dtype=torch.float32)),
            {"task": "detect", "classes": "\n".join(classes)})


def camvid(data, most):
    names = [line.split()[-1] for line in (data / "camvid/classes.txt").read_text().splitlines() if line.strip()][:11]
    pictures, splits, masks = [], [], []
    for number, split in enumerate(SPLITS):
        for file in sorted((data / "camvid" / split).glob("*.jpg"))[:most or None]:
            mask = decode_png(read_file(str(data / f"camvid/{split}annot/{file.stem}.png")))[0]
            masks.append(torch.where(mask < len(names), mask, torch.full_like(mask, 255)))
            pictures.append(picture(file))
            splits.append(number)
    return gathered(pictures, splits, masks=torch.stack(masks)), {"task": "segment", "classes": "\n".join(names)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("sets", nargs="*", default=["fashion", "bccd", "camvid"])
    parser.add_argument("--most", type=int, default=0, help="pictures of each part of a set; 0: all")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in options.sets:
        tensors, metadata = {"fashion": fashion, "bccd": bccd, "camvid": camvid}[name](options.data, options.most)
        write(options.out / f"{name}.safetensors", tensors, metadata)
        print(f"{name}: {len(tensors['split'])} pictures of {'x'.join(map(str, tensors['pictures'].shape[1:]))}")


if __name__ == "__main__":
    main()
