#!/usr/bin/env python3
"""How long Pillow takes for thumbnails (longer side 256, JPEG of quality 88, written to files) of JPEGs in draft mode on one core:
a folder for them as argument, names on stdin; prints seconds and images."""
import sys
import time

from PIL import Image

SIDE = 256
folder = sys.argv[1]
files = sys.stdin.read().splitlines()
start = time.perf_counter()
for number, file in enumerate(files):
    with Image.open(file) as picture:
        picture.draft("RGB", (SIDE, SIDE))
        picture.thumbnail((SIDE, SIDE))
        picture.save(f"{folder}/{number}.jpg", quality=88)
print(f"{time.perf_counter() - start:.4f} {len(files)}")
