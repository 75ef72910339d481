#!/usr/bin/env python3
"""Golden maps for core/engine/explain, by Python torch's autograd and hooks, in the definition of Selvaraju et al. 2017.

Writes gradcam.safetensors: the weights of the net below under the names that tst_gradcam.cpp gives them, an input, and for each of
two layers and two classes the map before and after resizing, the logits and the probability. Where pytorch-grad-cam (1.5.7) is
installed, its own weights (GradCAM().get_cam_weights) are asserted to be ours before anything is written.

usage: PYTHONPATH=TORCH python make.py   (torch 2.11.0, safetensors 0.8.0)
"""
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(20261121)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.bn1 = torch.nn.BatchNorm2d(6)
        self.conv2 = torch.nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.fc = torch.nn.Linear(8, 5)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.conv2(x))
        return self.fc(x.mean((2, 3)))


def features(net, x):
    first = F.relu(net.bn1(net.conv1(x)))
    return {"first": first, "second": F.relu(net.conv2(first))}


def gradcam(net, x, layer, index):
    values = features(net, x)
    feature = values[layer].detach().requires_grad_()
    rest = feature if layer == "second" else F.relu(net.conv2(feature))
    logits = net.fc(rest.mean((2, 3)))[0]
    gradient, = torch.autograd.grad(logits[index], feature)
    weights = gradient.mean((2, 3), keepdim=True)
    small = (weights * feature).sum(1).relu()[0].detach()
    large = F.interpolate(small[None, None], size=x.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    check_reference(gradient, feature, weights)
    return small, large, logits.detach()


def check_reference(gradient, feature, weights):
    try:
        from pytorch_grad_cam import GradCAM
    except ImportError:
        return
    theirs = GradCAM.get_cam_weights(None, None, None, None, feature.detach().numpy(), gradient.numpy())
    assert abs(torch.from_numpy(theirs) - weights[:, :, 0, 0]).max() < 1e-7


def main():
    net = Net()
    for _ in range(3):
        net(torch.randn(8, 3, 22, 18))
    net.eval()
    x = torch.randn(1, 3, 22, 18)
    out = {"net." + name: tensor.clone() for name, tensor in net.state_dict().items()}
    out["input"] = x
    for layer in ("first", "second"):
        for index in (1, 4):
            small, large, logits = gradcam(net, x, layer, index)
            out[f"{layer}.{index}.small"], out[f"{layer}.{index}.map"] = small.contiguous(), large.contiguous()
    out["logits"], out["probabilities"] = logits, logits.softmax(0)
    save_file(out, str(Path(__file__).parent / "gradcam.safetensors"))


if __name__ == "__main__":
    main()
