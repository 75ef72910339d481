"""Layers of ResNet-18 and ViT-Tiny as forward hooks see them, and the bytes that autograd keeps: python3 make_dry_pass.py > dry_pass.json   (torch 2.11.0)

The networks are torchvision's and timm's in plain torch, so that neither is needed.
"""
import json

import torch
import torch.nn.functional as F
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.downsample = None
        if stride != 1 or i != o:
            self.downsample = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu_()))
        return (y + (x if self.downsample is None else self.downsample(x))).relu_()


class Resnet18(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        i = 64
        for k, o in enumerate((64, 128, 256, 512)):
            setattr(self, f"layer{k + 1}", nn.Sequential(BasicBlock(i, o, 1 if k == 0 else 2), BasicBlock(o, o, 1)))
            i = o
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        x = F.max_pool2d(self.bn1(self.conv1(x)).relu_(), 3, 2, 1)
        for k in range(4):
            x = getattr(self, f"layer{k + 1}")(x)
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.heads = width // 64
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        q, k, v = self.qkv(x).reshape(x.size(0), x.size(1), 3, self.heads, 64).permute(2, 0, 3, 1, 4)
        return self.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(width, 1e-6), Attention(width)
        self.norm2, self.mlp = nn.LayerNorm(width, 1e-6), Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Embed(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.proj = nn.Conv2d(3, width, 16, 16)


class VitTiny(nn.Module):
    def __init__(self, classes, patches, width=192):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, patches + 1, width))
        self.patch_embed = Embed(width)
        self.blocks = nn.ModuleList(Encoder(width) for _ in range(12))
        self.norm, self.head = nn.LayerNorm(width, 1e-6), nn.Linear(width, classes)

    def forward(self, x):
        x = self.patch_embed.proj(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(x.size(0), -1, -1), x], 1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x).select(1, 0))


def watched(model, classes):
    """The modules that hold weights themselves, in the order of their calls; bytes of storages that autograd keeps, without weights."""
    layers, storages = [], {}
    weights = {p.untyped_storage().data_ptr() for p in model.parameters()}
    buffers = {b.untyped_storage().data_ptr() for b in model.buffers()}

    def hook(name):
        def seen(module, _, output):
            layers.append({"name": name, "kind": type(module).__name__, "shape": list(output.shape),
                           "parameters": sum(p.numel() for p in module.parameters())})
        return seen

    for name, module in model.named_modules():
        if name and next(module.children(), None) is None and next(module.parameters(False), None) is not None:
            module.register_forward_hook(hook(name))
    x = torch.rand(4, 3, 64, 96).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(4) % classes
    given = {x.untyped_storage().data_ptr(), labels.untyped_storage().data_ptr()}

    def pack(tensor):
        at = tensor.untyped_storage().data_ptr()
        if at not in weights | buffers | given:
            storages[at] = tensor.untyped_storage().nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        loss = F.cross_entropy(model(x), labels)
    loss.backward()
    return {"layers": layers, "kept_bytes": sum(storages.values()),
            "parameters": sum(p.numel() for p in model.parameters())}


torch.manual_seed(1)
print(json.dumps({
    "resnet18": watched(Resnet18(5).to(memory_format=torch.channels_last), 5),
    "vit_tiny_patch16": watched(VitTiny(5, 4 * 6), 5),
}))
