"""Logits of torchvision's, timm's and segmentation_models_pytorch's models on weights and pictures that a formula makes, so that no weights need shipping.

Each value of tensor NAME is u(i) = splitmix64(fnv1a64(NAME) + i) >> 40, over 2^24; tests/engine/tst_nn.cpp makes the same.
python3 make_models.py > models.json   (torch 2.11.0, torchvision 0.26.0, timm 1.0.31,
segmentation_models_pytorch 0.6.0)
"""
import json
import math

import numpy as np
import segmentation_models_pytorch as smp
import timm
import torch
import torchvision


def uniform(name, count):
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    with np.errstate(over="ignore"):
        z = np.arange(count, dtype=np.uint64) + np.uint64(seed)
        z = (z + np.uint64(0x9E3779B97F4A7C15)).astype(np.uint64)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / 2**24


def fill(name, tensor):
    if tensor.dtype != torch.float32:
        return torch.zeros_like(tensor)
    u = uniform(name, tensor.numel())
    if name.endswith("running_var") or (tensor.dim() == 1 and name.endswith("weight")):
        values = 0.5 + u
    elif tensor.dim() == 1:
        values = (u - 0.5) * 0.2
    else:
        values = (u - 0.5) * 2 * math.sqrt(3.0 / (tensor.numel() / tensor.shape[0]))
    return torch.from_numpy(values.astype(np.float32)).reshape(tensor.shape)


def output(model, forward=None):
    """Every 37th value of what the model says of pictures of 64 x 96."""
    state = {key: fill(key, value) for key, value in model.state_dict().items()}
    model.load_state_dict(state)
    model.eval()
    x = torch.from_numpy((uniform("input", 2 * 3 * 64 * 96) * 4 - 2).astype(np.float32)).reshape(2, 3, 64, 96)
    with torch.no_grad():
        y = (forward or model)(x)
    return {"shape": list(y.shape), "values": y.double().flatten()[::37].tolist(),
            "shapes": {key: list(value.shape) for key, value in state.items()}}


def fcos(model):
    """Before boxes are made of it: classes, distances, centredness of every place."""
    def forward(x):
        head = model.head(list(model.backbone(x).values()))
        return torch.cat([head["cls_logits"], head["bbox_regression"], head["bbox_ctrness"]], 2)
    return output(model, forward)


def logits(model):
    state = {key: fill(key, value) for key, value in model.state_dict().items()}
    model.load_state_dict(state)
    model.eval()
    x = torch.from_numpy((uniform("input", 2 * 3 * 64 * 80) * 4 - 2).astype(np.float32)).reshape(2, 3, 64, 80)
    with torch.no_grad():
        return {"logits": model(x).double().tolist(), "shapes": {key: list(value.shape) for key, value in state.items()}}


result = {name: logits(getattr(torchvision.models, name)(num_classes=7))
          for name in ("resnet18", "resnet34", "resnet50", "mobilenet_v3_large", "convnext_tiny")}
for ours, theirs in (("vit_tiny_patch16", "vit_tiny_patch16_224"), ("vit_small_patch16", "vit_small_patch16_224")):
    result[ours] = logits(timm.create_model(theirs, pretrained=False, img_size=(64, 80), num_classes=7))
result["fcos_resnet50_fpn"] = fcos(
    torchvision.models.detection.fcos_resnet50_fpn(weights=None, weights_backbone=None, num_classes=7))
for name in ("resnet18", "resnet34"):
    result["unet_" + name] = output(smp.Unet(name, encoder_weights=None, classes=7))
print(json.dumps(result, separators=(",", ":")))
