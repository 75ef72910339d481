#!/usr/bin/env python3
"""Golden vectors for core/image/phash: imagehash.phash of squares of 32 x 32 (nothing to scale, so every bit must be the same) and of
the shipped blood cells. Needs imagehash, Pillow, numpy.
Usage: make_phash.py > golden.json"""
import json
import pathlib

import imagehash
import numpy
import PIL
from PIL import Image

PHOTOS = sorted((pathlib.Path(__file__).resolve().parents[3] / "resources/samples/bccd/JPEGImages").glob("*.jpg"))


def squares():
    rng = numpy.random.RandomState(7)
    yield from (Image.open(file).convert("L").resize((32, 32)) for file in PHOTOS[::60])
    yield from (Image.fromarray(rng.randint(0, 256, (32, 32), dtype=numpy.uint8)) for _ in range(4))
    ramp = numpy.arange(32) * 8
    yield Image.fromarray((ramp[:, None] * ramp[None, :] // 256).astype(numpy.uint8))


print(json.dumps({
    "made_with": f"imagehash {imagehash.__version__}, Pillow {PIL.__version__}",
    "squares": [{"pixels": square.tobytes().hex(), "phash": str(imagehash.phash(square))} for square in squares()],
    "photos": {file.name: str(imagehash.phash(Image.open(file))) for file in PHOTOS[::4]}}, indent=1))
