"""Curves, tests and resampled figures from scikit-learn 1.x, scipy 1.x and pycocotools 2.0.10:
python3 make_curves.py > curves.json

curves: scores with ties; ROC and precision-recall with dropped intermediate points, their areas, and their means over classes.
reliability: Guo et al. 2017. fisher, discovery: scipy. weighted: AP where each picture is there as often as drawn (0 to 3 times).
kept: a predictions.json of a classifier with macro F1, recall and so on of a part of it.
"""
import contextlib
import io
import json

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.stats import false_discovery_control, fisher_exact
from sklearn.metrics import (accuracy_score, average_precision_score, f1_score, precision_recall_curve, roc_auc_score,
                             roc_curve)

rng = np.random.default_rng(11)


def finite(values):
    return [None if np.isinf(v) else float(v) for v in values]


def one_curve(positive, scores):
    x, y, t = roc_curve(positive, scores, drop_intermediate=True)
    p, r, u = precision_recall_curve(positive, scores, drop_intermediate=True)
    return {
        "positive": positive.astype(int).tolist(), "scores": scores.tolist(),
        "roc": {"x": x.tolist(), "y": y.tolist(), "threshold": finite(t), "area": float(roc_auc_score(positive, scores))},
        "precision_recall": {"x": r[::-1].tolist(), "y": p[::-1].tolist(), "threshold": [None] + finite(u[::-1]),
                             "area": float(average_precision_score(positive, scores))},
    }


def curve_case(samples, digits):
    positive = rng.random(samples) < .4
    positive[:2] = [True, False]
    return one_curve(positive, np.round(np.clip(rng.normal(.4 + .25 * positive, .2, samples), 0, 1), digits))


def means():
    classes, samples = 4, 120
    labels = rng.integers(0, classes, samples)
    logits = rng.normal(size=(samples, classes))
    logits[np.arange(samples), labels] += 1.2
    p = np.round(np.exp(logits) / np.exp(logits).sum(1, keepdims=True), 3)
    curves = [one_curve(labels == k, p[:, k]) for k in range(classes)]
    grid = np.unique(np.concatenate([[0.0]] + [c["roc"]["x"] for c in curves]))
    mean = np.mean([np.interp(grid, c["roc"]["x"], c["roc"]["y"]) for c in curves], 0)
    recalls = np.linspace(0, 1, 101)
    precision = np.zeros(101)
    for c in curves:
        x, y = np.array(c["precision_recall"]["x"][1:]), np.array(c["precision_recall"]["y"][1:])
        at = np.searchsorted(x, np.arange(101) / 100, "left")
        precision += np.where(at < len(x), y[np.minimum(at, len(x) - 1)], 0) / classes
    return {"curves": curves, "roc": {"x": grid.tolist(), "y": mean.tolist()},
            "precision_recall": {"x": recalls.tolist(), "y": precision.tolist()}}


def reliability():
    confidence = np.round(rng.random(300), 4)
    confidence[:3] = [0, 1, .2]
    right = rng.random(300) < confidence
    bins, total = [], 0.0
    for k in range(15):
        inside = (confidence > k / 15) & (confidence <= (k + 1) / 15) | ((confidence == 0) if k == 0 else np.zeros(300, bool))
        n = int(inside.sum())
        bins.append([float(confidence[inside].mean()) if n else 0, float(right[inside].mean()) if n else 0, n])
        total += abs(right[inside].mean() - confidence[inside].mean()) * n if n else 0
    return {"confidence": confidence.tolist(), "right": right.astype(int).tolist(), "bins": bins, "ece": float(total / 300)}


def fisher():
    tables = [[3, 1, 1, 3], [0, 1, 90, 10], [8, 2, 1, 5], [50, 50, 70, 30], [200, 5, 900, 95], [0, 0, 5, 5], [12, 0, 30, 0]]
    tables += [rng.integers(0, 40, 4).tolist() for _ in range(30)]
    return [{"table": t, "p": float(fisher_exact([t[:2], t[2:]])[1])} for t in tables]


def ap(images, truths, detections, categories):
    truth, found = COCO(), COCO()
    base = {"images": [{"id": i + 1, "width": 640, "height": 480} for i in range(images)],
            "categories": [{"id": k + 1, "name": str(k)} for k in range(categories)]}
    truth.dataset = base | {"annotations": [{"id": n + 1, "image_id": t[0] + 1, "category_id": t[1] + 1, "bbox": t[2:6],
                                             "area": t[4] * t[5], "iscrowd": 0} for n, t in enumerate(truths)]}
    found.dataset = base | {"annotations": [{"id": n + 1, "image_id": d[0] + 1, "category_id": d[1] + 1, "bbox": d[2:6],
                                             "area": d[4] * d[5], "iscrowd": 0, "score": d[6]} for n, d in enumerate(detections)]}
    with contextlib.redirect_stdout(io.StringIO()):
        truth.createIndex(), found.createIndex()
        work = COCOeval(truth, found, "bbox")
        work.evaluate(), work.accumulate(), work.summarize()
    by_class = work.eval["precision"][:, :, :, 0, 2].mean((0, 1))
    return {"stats": work.stats[:6].tolist(), "by_class": by_class.tolist()}


def weighted():
    images, categories, truths, detections = 12, 3, [], []
    score = iter(rng.permutation(2000))
    for image in range(images):
        for _ in range(int(rng.integers(1, 7))):
            side = int(rng.choice([20, 60, 160]))
            b = [int(v) for v in (*rng.integers(0, 300, 2), *rng.integers(side // 2, side, 2))]
            k = int(rng.integers(0, categories))
            truths.append([image, k, *b])
            for _ in range(int(rng.integers(0, 3))):
                detections.append([image, k, b[0] + int(rng.integers(-4, 5)), b[1] + int(rng.integers(-4, 5)), *b[2:],
                                   float(next(score)) / 2000])
        detections.append([image, int(rng.integers(0, categories)), 400, 300, 40, 40, float(next(score)) / 2000])
    draws = []
    for _ in range(12):
        weights = np.bincount(rng.integers(0, images, images), minlength=images)
        many = [image for image in range(images) for _ in range(weights[image])]
        t = [[n, *row[1:]] for n, image in enumerate(many) for row in truths if row[0] == image]
        d = [[n, *row[1:]] for n, image in enumerate(many) for row in detections if row[0] == image]
        draws.append({"weights": weights.tolist()} | ap(len(many), t, d, categories))
    return {"images": images, "categories": categories, "truths": truths, "detections": detections, "draws": draws}


def kept():
    samples, classes = 90, 3
    labels = rng.integers(0, classes, samples)
    p = rng.dirichlet(np.ones(classes), samples)
    p[np.arange(samples), labels] += .6
    p = np.round(p / p.sum(1, keepdims=True), 7)
    said = p.argmax(1)
    rows = [{"image": i + 1, "split": "test", "label": int(labels[i]), "predicted": int(said[i]),
             "right": bool(labels[i] == said[i]), "confidence": float(p[i].max()), "probabilities": p[i].tolist()}
            for i in range(samples)]
    part = np.arange(samples) % 4 == 0
    a = int((labels == said)[part].sum())
    b = int((labels == said)[~part].sum())
    return {"predictions": {"classes": ["a", "b", "c"], "samples": rows},
            "part": np.nonzero(part)[0].tolist(),
            "accuracy": float(accuracy_score(labels[part], said[part])),
            "macro_f1": float(f1_score(labels[part], said[part], average="macro")),
            "p": float(fisher_exact([[a, int(part.sum()) - a], [b, int((~part).sum()) - b]])[1]),
            "whole": {"accuracy": float(accuracy_score(labels, said)), "macro_f1": float(f1_score(labels, said, average="macro"))}}


ps = np.round(rng.random(12) ** 3, 5)
print(json.dumps({
    "curves": [curve_case(40, 2), curve_case(200, 3), curve_case(30, 1), curve_case(5, 1)], "means": means(),
    "reliability": reliability(), "fisher": fisher(),
    "discovery": {"p": ps.tolist(), "adjusted": false_discovery_control(ps).tolist()},
    "weighted": weighted(), "kept": kept()}))
