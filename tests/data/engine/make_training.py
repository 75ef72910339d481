"""Losses, schedules, Muon and gradient clipping from Python: python3 make_training.py > training.json   (torch 2.11.0)"""
import json

import numpy as np
import torch
import torch.nn.functional as F
from torch.optim.lr_scheduler import CosineAnnealingLR, OneCycleLR, PolynomialLR, StepLR

rng = np.random.default_rng(5)


def losses():
    logits = torch.tensor(rng.normal(size=(12, 4)) * 2)
    labels = torch.tensor(rng.integers(0, 4, 12))
    weights = torch.tensor([0.5, 1, 2, 0.25], dtype=torch.float64)
    counts = [40, 20, 10, 80]
    cases = {}
    for weighted in (False, True):
        for smoothing in (0.0, 0.1):
            w = weights if weighted else None
            key = f"{'weighted' if weighted else 'plain'} {smoothing}"
            sample_w = weights[labels] if weighted else torch.ones(12, dtype=torch.float64)
            ce = F.cross_entropy(logits, labels, weight=w, label_smoothing=smoothing)
            each = F.cross_entropy(logits, labels, label_smoothing=smoothing, reduction="none")
            p = logits.softmax(1).gather(1, labels[:, None])[:, 0]
            focal = ((1 - p) ** 2 * each * sample_w).sum() / sample_w.sum()
            target = F.one_hot(labels, 4) * (1 - smoothing) + smoothing / 4
            bce = F.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(1)
            cases[key] = {"cross_entropy": float(ce), "focal": float(focal), "bce": float((bce * sample_w).sum() / sample_w.sum())}
    return {"logits": logits.tolist(), "labels": labels.tolist(), "counts": counts, "cases": cases}


# torch's peak is at share * steps - 1, Lathe's at share * (steps - 1): 19 / 61 there is 0.3 here.
def curve(make, steps=60):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
    schedule = make(optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


def muon():
    torch.manual_seed(0)
    w = torch.tensor(rng.normal(size=(6, 10)), dtype=torch.float32, requires_grad=True)
    x = torch.tensor(rng.normal(size=(8, 10)), dtype=torch.float32)
    start = w.detach().tolist()
    optimizer = torch.optim.Muon([w], lr=0.02, weight_decay=0.1, adjust_lr_fn="match_rms_adamw")
    for _ in range(5):
        optimizer.zero_grad()
        (x @ w.t()).pow(2).sum().backward()
        optimizer.step()
    return {"start": start, "x": x.tolist(), "end": w.tolist()}


def clipped():
    a = torch.zeros(3, 4, requires_grad=True)
    b = torch.zeros(5, requires_grad=True)
    a.grad = torch.tensor(rng.normal(size=(3, 4)), dtype=torch.float32)
    b.grad = torch.tensor(rng.normal(size=5), dtype=torch.float32)
    before = [a.grad.tolist(), b.grad.tolist()]
    norm = torch.nn.utils.clip_grad_norm_([a, b], 1.5)
    return {"before": before, "norm": float(norm), "after": [a.grad.tolist(), b.grad.tolist()]}


print(json.dumps({
    "losses": losses(),
    "schedules": {
        "cosine": curve(lambda o: CosineAnnealingLR(o, 60, eta_min=0.05)),
        "one_cycle": curve(lambda o: OneCycleLR(o, 0.5, total_steps=61, pct_start=19 / 61, cycle_momentum=False)),
        "step": curve(lambda o: StepLR(o, 20, 0.3)),
        "polynomial": curve(lambda o: PolynomialLR(o, 60, 0.9)),
    },
    "muon": muon(),
    "clipped": clipped(),
}))
