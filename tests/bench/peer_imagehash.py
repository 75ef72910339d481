#!/usr/bin/env python3
"""How long imagehash takes to open and hash files (phash, 64 bit) on one core: names on stdin; prints seconds and images. Needs
imagehash in the interpreter that runs it."""
import sys
import time

import imagehash
from PIL import Image

files = sys.stdin.read().splitlines()
start = time.perf_counter()
for file in files:
    imagehash.phash(Image.open(file))
print(f"{time.perf_counter() - start:.4f} {len(files)}")
