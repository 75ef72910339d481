#!/usr/bin/env python3
"""Prints the golden texts of tst_shapes' cocoText rows, made by pycocotools (pip install pycocotools numpy)."""
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
