"""Peer of card_check's step: reads a count a line, takes that many training steps of ResNet-50 in bf16, prints seconds a step.

usage: peer_card_step.py MODE BATCH [--device cpu] [--tiny]     MODE: eager, graph (torch.cuda.CUDAGraph), compile (torch.compile)
"""
import argparse
import sys
import time

import torch
import torchvision

parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["eager", "graph", "compile"])
parser.add_argument("batch", type=int)
parser.add_argument("--device", default="cuda")
parser.add_argument("--tiny", action="store_true")
options = parser.parse_args()
if options.mode == "graph" and options.device == "cpu":
    sys.exit("a CUDA graph needs a card")

torch.manual_seed(0)
torch.backends.cudnn.benchmark = True
torch.backends.cudnn.allow_tf32 = True
side = 32 if options.tiny else 224
make = torchvision.models.resnet18 if options.tiny else torchvision.models.resnet50
model = make(num_classes=1000).to(options.device, memory_format=torch.channels_last)
model.train()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=0.05, nesterov=True, fused=True)
pictures = torch.randint(0, 256, (options.batch, side, side, 3), dtype=torch.uint8, device=options.device)
labels = torch.randint(0, 1000, (options.batch,), device=options.device)
mean = torch.tensor([0.485, 0.456, 0.406], device=options.device)
std = torch.tensor([0.229, 0.224, 0.225], device=options.device)
scale, offset = 1 / (255 * std), -mean / std
loss_function = torch.nn.CrossEntropyLoss()
# Where there is no card only the way is proven: its own compiler takes minutes on a processor.
run = torch.compile(model, backend="aot_eager" if options.tiny else "inductor") if options.mode == "compile" else model


def step():
    x = pictures.float().mul_(scale).add_(offset).permute(0, 3, 1, 2)
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast(options.device, torch.bfloat16):
        loss = loss_function(run(x).float(), labels)
    loss.backward()
    optimizer.step()
    return loss


def recorded():
    """A step as a graph, as PyTorch's documentation has it: warmed up on a side stream, then captured."""
    side_stream = torch.cuda.Stream()
    side_stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side_stream):
        for _ in range(4):
            step()
    torch.cuda.current_stream().wait_stream(side_stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        loss = step()

    def replay():
        graph.replay()
        return loss
    return replay


take = recorded() if options.mode == "graph" else step
for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        value = take()
    value.item()  # waits for the card
    print(f"{(time.perf_counter() - start) / max(1, int(line)):.6f}", flush=True)
