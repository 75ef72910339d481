"""Peer of bench_digits and bench_first_step: the engine's `small` net on a run's data with the run's recipe, once more in PyTorch.

peer_digits.py RUN [--first-step]      RUN: a run folder of `lathe train` on the digits, with resolved.json and data.jsonl
Prints the test accuracy after the last epoch, or "step" after the first step of the optimiser. fp32, torch's own number of threads.
"""
import json
import math
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from torch import nn


class Unit(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(outside)
        nn.init.kaiming_normal_(self.conv.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        return self.bn(self.conv(x)).relu_()


class Stage(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        self.widen, self.residual = Unit(inside, outside), Unit(outside, outside)

    def forward(self, x):
        pooled = nn.functional.max_pool2d(self.widen(x), 2)
        return pooled + self.residual(pooled)


class Small(nn.Module):
    def __init__(self, channels, classes, width=16, stages=3):
        super().__init__()
        self.stem = Unit(channels, width)
        sizes = [width] + [min(width << i, width * 8) for i in range(1, stages + 1)]
        self.stages = nn.Sequential(*(Stage(a, b) for a, b in zip(sizes, sizes[1:])))
        self.fc = nn.Linear(sizes[-1], classes)

    def forward(self, x):
        return self.fc(self.stages(self.stem(x)).mean((2, 3)))


def shifted(pictures, most):
    """Each by whole pixels of its own, the border repeated."""
    padded = nn.functional.pad(pictures, (most,) * 4, mode="replicate")
    size = pictures.shape[-1]
    places = torch.randint(0, 2 * most + 1, (len(pictures), 2)).tolist()
    return torch.stack([padded[i, :, y:y + size, x:x + size] for i, (y, x) in enumerate(places)])


def main():
    run, first = pathlib.Path(sys.argv[1]), "--first-step" in sys.argv
    spec = json.loads((run / "resolved.json").read_text())
    header, *lines = map(json.loads, (run / "data.jsonl").read_text().splitlines())
    prepared = spec["preprocessing"]
    kept = {name: [line for line in lines if line["split"] == name] for name in ("train", "test")}

    def pictures(chosen):
        bytes_ = torch.from_numpy(np.stack([np.array(Image.open(line["path"])) for line in chosen]))[:, None]
        return (bytes_.float() / 255 - prepared["mean"][0]) / prepared["std"][0]

    torch.manual_seed(spec["seed"])
    batch, epochs, most = spec["batch"], spec["epochs"], int(spec["augmentation"][0]["pixels"])
    net = Small(1, len(header["classes"])).to(memory_format=torch.channels_last)
    parameters = list(net.parameters())
    rate, decay = spec["optimizer"]["lr"], spec["optimizer"]["weight_decay"]
    optimizer = torch.optim.AdamW([{"params": [p for p in parameters if p.dim() > 1], "weight_decay": decay},
                                   {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0}], lr=rate)
    loss_function = nn.CrossEntropyLoss(label_smoothing=spec["loss"]["label_smoothing"])
    labels = torch.tensor([line["label"] for line in kept["train"]])
    per_epoch = math.ceil(len(labels) / batch)
    warm, steps = spec["schedule"]["warmup_epochs"] * per_epoch, epochs * per_epoch
    data = None if first else pictures(kept["train"])
    step = 0
    for _ in range(epochs):
        net.train()
        for rows in torch.randperm(len(labels)).tensor_split(per_epoch):
            chosen = pictures([kept["train"][row] for row in rows.tolist()]) if first else data[rows]
            share = (step + 1) / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / (steps - warm)))
            for group in optimizer.param_groups:
                group["lr"] = rate * share
            optimizer.zero_grad(set_to_none=True)
            loss_function(net(shifted(chosen, most)), labels[rows]).backward()
            optimizer.step()
            step += 1
            if first:
                print("step", flush=True)
                return
    net.eval()
    with torch.inference_mode():
        said = torch.cat([net(part).argmax(1) for part in pictures(kept["test"]).split(256)])
    print((said == torch.tensor([line["label"] for line in kept["test"]])).float().mean().item(), flush=True)


if __name__ == "__main__":
    main()
