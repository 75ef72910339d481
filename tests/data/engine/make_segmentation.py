"""Losses of masks from torch, figures of segmenters from scikit-learn and numpy.

python3 make_segmentation.py > segmentation.json   (torch 2.11.0, scikit-learn 1.7)
"""
import json

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import confusion_matrix, jaccard_score, recall_score

torch.manual_seed(3)
rng = np.random.default_rng(3)
CLASSES, IGNORE = 4, 255

logits = (torch.randn(2, CLASSES, 5, 6) * 100).round() / 100
labels = torch.randint(0, 3, (2, 5, 6))  # class 3 isn't there
labels[0, 0, :4] = IGNORE
weights = torch.tensor([0.5, 1.0, 2.0, 1.5])


def dice(logits, labels):
    asked = labels != IGNORE
    p = logits.softmax(1).permute(0, 2, 3, 1)[asked]
    truth = F.one_hot(labels[asked], CLASSES).float()
    overlap = 2 * (p * truth).sum(0) / (p.sum(0) + truth.sum(0))
    return 1 - overlap[truth.sum(0) > 0].mean()


def focal(logits, labels, gamma=2.0):
    asked = labels != IGNORE
    p = logits.softmax(1).permute(0, 2, 3, 1)[asked]
    own = p.gather(1, labels[asked].unsqueeze(1)).squeeze(1)
    return ((1 - own) ** gamma * -own.log()).mean()


ce = F.cross_entropy(logits, labels, ignore_index=IGNORE)
losses = {"cross_entropy": float(ce), "focal": float(focal(logits, labels)), "dice": float(0.5 * ce + 0.5 * dice(logits, labels))}

cases = []
for number in range(6):
    pictures, truths, said = [], [], []
    for _ in range(1 + number):
        height, width = rng.integers(2, 9, 2)
        truth = rng.integers(0, CLASSES - number % 2, (height, width))
        guess = np.where(rng.random((height, width)) < 0.6, truth, rng.integers(0, CLASSES - number % 2, (height, width)))
        truth = np.where(rng.random((height, width)) < 0.1, IGNORE, truth)
        pictures.append({"truth": truth.flatten().tolist(), "said": guess.flatten().tolist()})
        truths.append(truth[truth != IGNORE]), said.append(guess[truth != IGNORE])
    truths, said = np.concatenate(truths), np.concatenate(said)
    there = sorted(set(truths) | set(said))
    matrix = confusion_matrix(truths, said, labels=range(CLASSES))
    cases.append({
        "pictures": pictures,
        "confusion": matrix.tolist(),
        "miou": float(jaccard_score(truths, said, labels=there, average="macro", zero_division=0)),
        "iou": [float(v) for v in jaccard_score(truths, said, labels=there, average=None, zero_division=0)],
        "there": [int(k) for k in there],
        "pixel_accuracy": float((truths == said).mean()),
        "mean_accuracy": float(recall_score(truths, said, labels=sorted(set(truths)), average="macro", zero_division=0)),
    })

print(json.dumps({"classes": CLASSES, "logits": logits.double().tolist(), "labels": labels.tolist(), "losses": losses,
                  "cases": cases}, separators=(",", ":")))
