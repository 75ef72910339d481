"""Peer of bench_resnet_step: reads "NET LAYOUT COUNT" a line (resnet18 or cifar; last or first), runs that many training steps, prints
the seconds of each."""
import sys
import time

import torch
import torchvision

torch.set_num_threads(int(sys.argv[1]))
mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
scale, offset = 1 / (255 * std), -mean / std
loss_function = torch.nn.CrossEntropyLoss()
SIZES = {"resnet18": (16, 224, 1000), "cifar": (128, 32, 10)}


class Step:
    def __init__(self, net, layout):
        count, side, classes = SIZES[net]
        torch.manual_seed(0)
        self.model = torchvision.models.resnet18(num_classes=classes)
        if net == "cifar":
            self.model.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)
            self.model.maxpool = torch.nn.Identity()
        self.format = torch.channels_last if layout == "last" else torch.contiguous_format
        self.model = self.model.to(memory_format=self.format).train()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01, momentum=0.9, weight_decay=0.05, nesterov=True)
        self.pictures = torch.randint(0, 256, (count, side, side, 3), dtype=torch.uint8)
        self.labels = torch.randint(0, classes, (count,))

    def run(self):
        start = time.perf_counter()
        x = self.pictures.float().mul_(scale).add_(offset).permute(0, 3, 1, 2).contiguous(memory_format=self.format)
        self.optimizer.zero_grad(set_to_none=True)
        loss_function(self.model(x), self.labels).backward()
        self.optimizer.step()
        return time.perf_counter() - start


steps = {}
for line in sys.stdin:
    net, layout, count = line.split()
    step = steps.setdefault((net, layout), Step(net, layout) if (net, layout) not in steps else None)
    for _ in range(int(count)):
        print(step.run(), flush=True)
