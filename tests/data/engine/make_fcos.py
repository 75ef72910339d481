"""Places, losses and boxes of torchvision's FCOS on random cases, and its non-maximum suppression.

python3 make_fcos.py > fcos.json   (torch 2.11.0, torchvision 0.26.0)
"""
import json

import torch
import torchvision
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList

CLASSES, HEIGHT, WIDTH = 3, 64, 96
torch.manual_seed(5)
model = torchvision.models.detection.fcos_resnet50_fpn(weights=None, weights_backbone=None, num_classes=CLASSES)
model.score_thresh, model.nms_thresh, model.detections_per_img, model.topk_candidates = 0.2, 0.6, 20, 50


def maps(height, width):
    out = []
    for size in (8, 16, 32, 64, 128):
        rows, columns = height, width
        step = size
        while step > 1:
            rows, columns, step = (rows + 1) // 2, (columns + 1) // 2, step // 2
        out.append(torch.zeros(1, 1, rows, columns))
    return out


def anchors(pictures, height, width):
    images = ImageList(torch.zeros(pictures, 3, height, width), [(height, width)] * pictures)
    return model.anchor_generator(images, maps(height, width))


def boxes(count):
    corner = torch.rand(count, 2) * torch.tensor([WIDTH * 0.7, HEIGHT * 0.7])
    sides = 4 + torch.rand(count, 2) * torch.tensor([WIDTH * 0.6, HEIGHT * 0.6])
    both = torch.cat([corner, corner + sides], 1)
    return torch.minimum(both, torch.tensor([WIDTH, HEIGHT, WIDTH, HEIGHT]).float())


grids = []
for height, width in ((64, 96), (224, 352)):
    a = anchors(1, height, width)[0]
    grids.append({"height": height, "width": width, "centres": ((a[:, :2] + a[:, 2:]) / 2).tolist(),
                  "sizes": (a[:, 2] - a[:, 0]).tolist(), "levels": [m.shape[2] * m.shape[3] for m in maps(height, width)]})

cases = []
levels = grids[0]["levels"]
for number in range(4):
    pictures = 2
    places = sum(levels)
    head = {"cls_logits": torch.randn(pictures, places, CLASSES) - 1, "bbox_regression": torch.rand(pictures, places, 4) * 2,
            "bbox_ctrness": torch.randn(pictures, places, 1)}
    truths = [boxes(count) for count in ((3, 0), (6, 1), (12, 4), (1, 2))[number]]
    labels = [torch.randint(0, CLASSES, (len(t),)) for t in truths]
    a = anchors(pictures, HEIGHT, WIDTH)
    losses = model.compute_loss([{"boxes": b, "labels": l} for b, l in zip(truths, labels)], head, a, levels)
    split = {key: list(value.split(levels, dim=1)) for key, value in head.items()}
    found = model.postprocess_detections(split, [list(one.split(levels)) for one in a], [(HEIGHT, WIDTH)] * pictures)
    cases.append({
        "output": torch.cat([head["cls_logits"], head["bbox_regression"], head["bbox_ctrness"]], 2).double().tolist(),
        "boxes": [[[int(l)] + b.tolist() for b, l in zip(t, ls)] for t, ls in zip(truths, labels)],
        "loss": float(sum(losses.values())),
        "found": [[{"class": int(l), "score": float(s), "box": b.tolist()} for b, s, l in zip(f["boxes"], f["scores"], f["labels"])]
                  for f in found],
    })

suppressed = []
for number in range(20):
    count = (1, 2, 10, 60)[number % 4]
    b, s = boxes(count), (torch.rand(count) * 8).round() / 8  # with equal scores
    suppressed.append({"boxes": b.tolist(), "scores": s.tolist(), "overlap": (0.3, 0.5, 0.7)[number % 3],
                       "kept": torchvision.ops.nms(b, s, (0.3, 0.5, 0.7)[number % 3]).tolist()})

print(json.dumps({"height": HEIGHT, "width": WIDTH, "classes": CLASSES, "grids": grids, "cases": cases, "nms": suppressed},
                 separators=(",", ":")))
