#!/usr/bin/env python3
"""Golden vectors for core/runs/statistics: exact McNemar, bootstrap intervals, macro F1. Needs numpy, scipy, scikit-learn.
Usage: make.py > golden.json"""
import json
import numpy as np
import scipy.stats as st
from sklearn.metrics import f1_score

mcnemar = []
for b, c in [(22, 10), (10, 22), (0, 0), (0, 1), (5, 0), (1, 9), (7, 7), (40, 71), (300, 352), (3, 2000)]:
    p = 1.0 if b + c == 0 else min(1.0, 2 * st.binom.cdf(min(b, c), b + c, 0.5))
    mcnemar.append({"b": b, "c": c, "p": p})

rng = np.random.RandomState(42)
m1 = (rng.rand(200) < .80).astype(float)
m2 = np.where(rng.rand(200) < .9, m1, 1 - m1)
d = m2 - m1
interval = st.bootstrap((d,), np.mean, n_resamples=9999, method="percentile", random_state=np.random.default_rng(0)).confidence_interval
bootstrap = {"a": m1.astype(int).tolist(), "b": m2.astype(int).tolist(), "difference": d.mean(), "low": interval.low, "high": interval.high}

truth = rng.randint(0, 5, 300)
guess = np.where(rng.rand(300) < .7, truth, rng.randint(0, 4, 300))
f1 = {"labels": truth.tolist(), "predicted": guess.tolist(), "classes": 6, "macro_f1": f1_score(truth, guess, average="macro")}

print(json.dumps({"made_with": f"scipy {__import__('scipy').__version__}", "mcnemar": mcnemar, "bootstrap": bootstrap, "f1": f1}, indent=1))
