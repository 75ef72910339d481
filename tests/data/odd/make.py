#!/usr/bin/env python3
"""Makes the image files of this folder: kinds that OpenCV can't write. Needs Pillow (made with 13.0).

Each is 16 x 16 with four plain quadrants. tests/core/tst_decode.cpp knows their colours.
"""
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent


def quadrants(mode, corners):
    """Top left, top right, bottom left, bottom right."""
    image = Image.new(mode, (16, 16))
    for k, colour in enumerate(corners):
        image.paste(colour, (k % 2 * 8, k // 2 * 8, k % 2 * 8 + 8, k // 2 * 8 + 8))
    return image


def palette():
    image = quadrants("P", [0, 1, 2, 3])
    image.putpalette([200, 30, 20, 20, 180, 40, 10, 60, 220, 90, 90, 90])
    image.save(HERE / "palette.png", optimize=True)
    image.save(HERE / "palette_transparent.png", transparency=bytes([255, 255, 0, 51]))


INKS = [(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 153)]  # cyan, magenta, yellow, 60 % black


def cmyk():
    quadrants("CMYK", INKS).save(HERE / "cmyk.jpg", quality=95)


def ycck():
    """Pillow writes CMYK planes only (inverted, as Adobe does), so the planes get the values that YCCK has and the Adobe segment's
    transform is set to 2 afterwards: Y, Cb, Cr of the inks taken as R, G, B, and the inverted black as it is."""
    planes = []
    for c, m, y, k in INKS:
        luma = 0.299 * c + 0.587 * m + 0.114 * y
        values = (luma, (y - luma) / 1.772 + 128, (c - luma) / 1.402 + 128)
        planes.append(tuple(255 - min(255, max(0, round(v))) for v in values) + (k,))
    file = HERE / "ycck.jpg"
    quadrants("CMYK", planes).save(file, quality=95)
    data = bytearray(file.read_bytes())
    at = data.index(b"Adobe")
    assert data[at + 11] == 0
    data[at + 11] = 2
    file.write_bytes(bytes(data))


palette()
cmyk()
ycck()
