#!/usr/bin/env python3
"""JPEGs of 640 x 480 for bench_loader, cut from real pictures at random places and sizes (seeded), quality 90, 4:2:0.

usage: loader_data.py SOURCE OUT [-n 2000]      SOURCE: a folder with JPEGs in it or below; needs Pillow
"""
import argparse
import pathlib
import random

from PIL import Image


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("-n", type=int, default=2000)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pictures = []
    for file in sorted(options.source.rglob("*.jpg")):
        picture = Image.open(file).convert("RGB")
        if min(picture.size) >= 240:
            pictures.append(picture)
    draw = random.Random(1)
    for number in range(options.n):
        picture = pictures[number % len(pictures)]
        width = min(picture.width, picture.height * 4 / 3) * draw.uniform(0.8, 1)
        height = width * 3 / 4
        x, y = draw.uniform(0, picture.width - width), draw.uniform(0, picture.height - height)
        cut = picture.resize((640, 480), Image.Resampling.BICUBIC, (x, y, x + width, y + height))
        cut.save(options.out / f"{number:05}.jpg", quality=90)


if __name__ == "__main__":
    main()
