"""COCO's figures of random detections from pycocotools 2.0.10: python3 make_detection.py [CASES] [SEED] > detection.json

Crowds, tied scores and overlaps, empty pictures, boxes without area, areas that differ from the box's, classes without truths,
more than 100 detections of a class in a picture.
truths: [image, category, x, y, w, h, area, crowd], detections: [image, category, x, y, w, h, score], ids from 0.
"""
import contextlib
import io
import json
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def box(rng, side):
    return [int(v) for v in (*rng.integers(0, 300, 2), *rng.integers(0 if rng.random() < .05 else 1, side, 2))]


def moved(rng, b):
    return [b[0] + int(rng.integers(-3, 4)), b[1] + int(rng.integers(-3, 4)), max(0, b[2] + int(rng.integers(-4, 5))), max(0, b[3] + int(rng.integers(-4, 5)))]


def case(rng, many):
    images, categories = int(rng.integers(1, 6)), int(rng.integers(1, 4))
    truths, detections = [], []
    for image in range(images):
        for _ in range(int(rng.integers(0, 7))):
            side = int(rng.choice([20, 60, 220]))
            b, category = box(rng, side), int(rng.integers(0, categories))
            area = b[2] * b[3] * float(rng.choice([1, .75]))
            truths.append([image, category, *b, area, int(rng.random() < .12)])
            for _ in range(int(rng.integers(0, 3))):
                guess = category if rng.random() < .85 else int(rng.integers(0, categories))
                detections.append([image, guess, *moved(rng, b), round(float(rng.random()), 1)])
        for _ in range(int(rng.integers(0, 5))):
            detections.append([image, int(rng.integers(0, categories)), *box(rng, 100), round(float(rng.random()), 1)])
        if many and image == 0:
            for _ in range(130):
                b = truths[0][2:6] if truths and truths[0][0] == 0 else [10, 10, 40, 40]
                detections.append([0, 0, *moved(rng, b), round(float(rng.random()), 2)])
    order = rng.permutation(len(detections))
    return {"images": images, "categories": categories, "truths": truths, "detections": [detections[i] for i in order]}


def judged(c):
    truth, found = COCO(), COCO()
    categories = [{"id": k + 1, "name": str(k)} for k in range(c["categories"])]
    images = [{"id": i + 1, "width": 640, "height": 480} for i in range(c["images"])]
    truth.dataset = {"images": images, "categories": categories, "annotations": [
        {"id": n + 1, "image_id": t[0] + 1, "category_id": t[1] + 1, "bbox": t[2:6], "area": t[6], "iscrowd": t[7]} for n, t in enumerate(c["truths"])]}
    found.dataset = {"images": images, "categories": categories, "annotations": [
        {"id": n + 1, "image_id": d[0] + 1, "category_id": d[1] + 1, "bbox": d[2:6], "area": d[4] * d[5], "iscrowd": 0, "score": d[6]}
        for n, d in enumerate(c["detections"])]}
    with contextlib.redirect_stdout(io.StringIO()):
        truth.createIndex()
        found.createIndex()
        work = COCOeval(truth, found, "bbox")
        work.evaluate()
        work.accumulate()
        work.summarize()
    precision = work.eval["precision"][:, :, :, 0, 2]  # threshold, recall, class; all sizes, 100 detections
    ap = [float(p[p > -1].mean()) if (p > -1).any() else -1 for p in np.moveaxis(precision, 2, 0)]
    return {**c, "stats": [float(s) for s in work.stats], "ap": ap}


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 12)
    print("[" + ",\n".join(json.dumps(judged(case(rng, n % 20 == 0)), separators=(",", ":")) for n in range(count)) + "]")
