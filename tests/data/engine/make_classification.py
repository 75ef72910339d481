"""Figures of random classifications from scikit-learn 1.x: python3 make_classification.py > classification.json"""
import json

import numpy as np
from sklearn.metrics import (average_precision_score, confusion_matrix, f1_score, log_loss, precision_recall_fscore_support,
                             roc_auc_score)

rng = np.random.default_rng(7)


def ece(probabilities, labels, bins=15):
    """Guo et al. 2017 over (k/bins, (k+1)/bins]."""
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == labels
    total = 0.0
    for k in range(bins):
        inside = (confidence > k / bins) & (confidence <= (k + 1) / bins)
        if inside.any():
            total += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return total / len(labels)


def case(samples, classes, present):
    labels = rng.choice(present, samples)
    logits = rng.normal(size=(samples, classes))
    logits[np.arange(samples), labels] += 1.5
    e = np.exp(logits - logits.max(1, keepdims=True))
    probabilities = e / e.sum(1, keepdims=True)
    predicted = logits.argmax(1)
    p, r, f, s = precision_recall_fscore_support(labels, predicted, labels=range(classes), zero_division=0)
    def ranked(score):
        return [float(score(labels == k, probabilities[:, k])) if 0 < (labels == k).sum() < samples else -1 for k in range(classes)]

    top5 = (np.argsort(-logits, 1)[:, :5] == labels[:, None]).any(1).mean()
    return {
        "top5": float(top5), "roc_auc": ranked(roc_auc_score), "average_precision": ranked(average_precision_score),
        "logits": np.round(logits, 17).tolist(),
        "labels": labels.tolist(),
        "accuracy": float((labels == predicted).mean()),
        "macro_f1": float(f1_score(labels, predicted, average="macro", zero_division=0)),
        "loss": float(log_loss(labels, probabilities, labels=list(range(classes)))),
        "ece": float(ece(probabilities, labels)),
        "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": s.tolist(),
        "confusion": confusion_matrix(labels, predicted, labels=range(classes)).tolist(),
    }


cases = [case(60, 4, range(4)), case(25, 6, [0, 2, 3]), case(1, 3, [1]), case(200, 2, range(2)), case(40, 10, [9])]
print(json.dumps(cases))
