"""What torch.amp.GradScaler does to gradients, steps and its scale: python3 make_loss_scale.py > loss_scale.json   (torch 2.11.0)"""
import json

import torch

STEPS = 4200
BAD = {3: float("inf"), 4: float("nan"), 9: float("-inf"), 2500: float("inf"), 4199: float("nan")}


def gradient(step, scale):
    values = torch.tensor([((step * 37 + k * 11) % 101 - 50) / 8 for k in range(6)]) * scale
    if step in BAD:
        values[step % 6] = BAD[step]
    return values


weight = torch.nn.Parameter(torch.zeros(6))
optimizer = torch.optim.SGD([weight], lr=1e-3)
scaler = torch.amp.GradScaler("cpu")
scaler.scale(torch.zeros(1))
scales, skipped, unscaled = [], [], {}
for step in range(STEPS):
    before = weight.detach().clone()
    weight.grad = gradient(step, scaler.get_scale())
    scaler.unscale_(optimizer)
    if step in (0, 1, 10, 2501):
        unscaled[step] = weight.grad.tolist()
    scaler.step(optimizer)
    scaler.update()
    if torch.equal(before, weight):
        skipped.append(step)
    if not scales or scales[-1][1] != scaler.get_scale():
        scales.append([step, scaler.get_scale()])
print(json.dumps({"steps": STEPS, "bad": {k: str(v) for k, v in BAD.items()}, "scales": scales, "skipped": skipped,
                  "unscaled": unscaled, "growth": scaler._get_growth_tracker(), "weight": weight.tolist()}))
