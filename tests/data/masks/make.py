#!/usr/bin/env python3
"""Prints the golden texts of tst_shapes' cocoText rows and writes polygons.json of tst_convert, by pycocotools (installer/oracles.txt)."""
import json
import pathlib

import numpy as np
from pycocotools import mask


def show(name, rle):
    print(name, rle["counts"].decode(), rle["size"])


def raster(*rows):
    return mask.encode(np.asfortranarray(np.array([[int(c) for c in row] for row in rows], dtype=np.uint8)))


show("corner", raster("10", "00"))
show("piece", raster("0110", "0100", "0100"))
show("empty", raster("0000", "0000", "0000"))
show("full", raster("1111", "1111", "1111"))
show("square", mask.frPyObjects([[2, 2, 6, 2, 6, 6, 2, 6]], 8, 8)[0])
show("triangle", mask.frPyObjects([[1.5, 1.5, 6.5, 1.5, 4, 6.5]], 8, 8)[0])
show("long", mask.frPyObjects({"size": [41101, 1], "counts": [10000, 5000, 9000, 4000, 9001, 4100]}, 41101, 1))


def polygon(name, rings, height, width):
    rle = mask.merge(mask.frPyObjects(rings, height, width))
    return {"name": name, "rings": rings, "counts": rle["counts"].decode(), "size": rle["size"]}


def polygons():
    """Polygons of every awkward sort and random ones, with the pixels that COCO's tools give them: polygons.json."""
    random = np.random.default_rng(7)
    rows = [
        polygon("square", [[2, 2, 6, 2, 6, 6, 2, 6]], 8, 8),
        polygon("outside", [[-3.7, -2.2, 11.4, 3.3, 5.5, 12.9]], 9, 10),
        polygon("bowtie", [[1, 1, 12, 9, 12, 1, 1, 9]], 12, 14),
        polygon("two", [[1.2, 1.2, 5.1, 1.4, 3.3, 7.7], [4, 4, 11.5, 4.5, 9.5, 9.9, 4.2, 9]], 11, 13),
        polygon("repeated", [[2, 2, 2, 2, 7, 2, 7, 7, 7, 7, 2, 7]], 10, 10),
        polygon("hole is filled", [[1, 1, 9, 1, 9, 9, 1, 9], [3, 3, 6, 3, 6, 6, 3, 6]], 10, 10),
    ]
    for k in range(40):
        height, width = (int(v) for v in random.integers(3, 60, 2))
        rings = []
        for _ in range(int(random.integers(1, 3))):
            points = random.uniform(-0.3, 1.3, (int(random.integers(3, 12)), 2)) * (width, height)
            rings.append([round(float(v), 2) for v in points.reshape(-1)])
        rows.append(polygon(f"random {k}", rings, height, width))
    return rows


with open(pathlib.Path(__file__).with_name("polygons.json"), "w", encoding="utf-8") as out:
    out.write("[\n" + ",\n".join(json.dumps(row) for row in polygons()) + "\n]\n")
