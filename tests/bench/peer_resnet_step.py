"""Peer of bench_resnet_step: reads a count a line, runs that many training steps, prints the seconds of each."""
import sys
import time

import torch
import torchvision

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)
model = torchvision.models.resnet18(num_classes=1000).to(memory_format=torch.channels_last)
model.train()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=0.05, nesterov=True)
pictures = torch.randint(0, 256, (16, 224, 224, 3), dtype=torch.uint8)
labels = torch.randint(0, 1000, (16,))
mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
scale, offset = 1 / (255 * std), -mean / std
loss_function = torch.nn.CrossEntropyLoss()


def step():
    start = time.perf_counter()
    x = pictures.float().mul_(scale).add_(offset).permute(0, 3, 1, 2)
    optimizer.zero_grad(set_to_none=True)
    loss = loss_function(model(x), labels)
    loss.backward()
    optimizer.step()
    return time.perf_counter() - start


for line in sys.stdin:
    for _ in range(int(line)):
        print(step(), flush=True)
