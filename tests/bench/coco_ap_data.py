#!/usr/bin/env python3
"""Boxes and detections for bench_coco_ap, of COCO val2017's size: gt.json and detections.json (seeded).

usage: coco_ap_data.py OUT [--images 5000] [--truths 36781] [--detections 100]

A detection in seven follows a box of its image, moved by some 5 % of its sides and four times in five with its class; the others lie
anywhere, with lower scores and classes out of twelve an image. Boxes' sizes are spread as COCO's, a third of them small, medium and
large; one truth in a hundred is a crowd. Needs numpy.
"""
import argparse
import json
import pathlib

import numpy as np

CLASSES = 80
SIZE = np.array([640, 480])


def boxes(draw, count, longest):
    """x, y, width, height; the sides spread evenly over their logarithm from 8 px to `longest` of the image's."""
    sides = np.exp(draw.uniform(np.log(8), np.log(longest * SIZE), (count, 2)))
    return np.hstack([draw.uniform(0, 1, (count, 2)) * (SIZE - sides), sides])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--images", type=int, default=5000)
    parser.add_argument("--truths", type=int, default=36781)
    parser.add_argument("--detections", type=int, default=100, help="an image")
    options = parser.parse_args()
    draw = np.random.default_rng(1)
    of_image = np.sort(draw.integers(0, options.images, options.truths))
    truth, classes = boxes(draw, options.truths, 0.9), draw.integers(1, CLASSES + 1, options.truths)
    annotations = [{"id": n + 1, "image_id": int(of_image[n]) + 1, "category_id": int(classes[n]), "bbox": truth[n].round(2).tolist(),
                    "area": round(float(truth[n, 2] * truth[n, 3] * 0.7), 2), "iscrowd": int(n % 100 == 0)} for n in range(options.truths)]
    found = []
    for image in range(options.images):
        own = np.flatnonzero(of_image == image)[:options.detections]
        own = own[draw.random(len(own)) < 0.85]
        near = truth[own] + draw.normal(0, 0.05, (len(own), 4)) * np.tile(truth[own, 2:], 2)
        others = draw.integers(1, CLASSES + 1, 12)
        near_class = np.where(draw.random(len(own)) < 0.8, classes[own], draw.choice(others, len(own)))
        rest = options.detections - len(own)
        box = np.vstack([near, boxes(draw, rest, 0.3)])
        box[:, 2:] = box[:, 2:].clip(1)
        label = np.concatenate([near_class, draw.choice(others, rest)])
        score = np.concatenate([draw.beta(5, 3, len(own)), draw.beta(1.5, 6, rest)])
        found += [{"image_id": image + 1, "category_id": int(c), "bbox": b, "score": s}
                  for c, b, s in zip(label, box.round(2).tolist(), score.round(4).tolist())]
    options.out.mkdir(parents=True, exist_ok=True)
    images = [{"id": n + 1, "file_name": f"{n + 1:012}.jpg", "width": 640, "height": 480} for n in range(options.images)]
    categories = [{"id": n + 1, "name": f"class {n + 1}"} for n in range(CLASSES)]
    (options.out / "gt.json").write_text(json.dumps({"images": images, "annotations": annotations, "categories": categories}))
    (options.out / "detections.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
