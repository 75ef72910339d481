"""Peer of bench_loader: JPEGs by torchvision.io in a DataLoader of some workers that stay, random resized crop to 224, flip, normalise.

peer_loader.py FOLDER WORKERS      For each line that it reads: one pass over all pictures, prints its images/s.
"""
import pathlib
import sys
import time

import torch
from torchvision import io
from torchvision.transforms import v2


class Pictures(torch.utils.data.Dataset):
    def __init__(self, folder):
        self.files = [str(file) for file in sorted(pathlib.Path(folder).glob("*.jpg"))]
        self.change = v2.Compose([
            v2.RandomResizedCrop(224, antialias=True),
            v2.RandomHorizontalFlip(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ])

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return self.change(io.decode_image(io.read_file(self.files[index]), io.ImageReadMode.RGB)), index % 10


def main():
    torch.set_num_threads(1)
    data = Pictures(sys.argv[1])
    loader = torch.utils.data.DataLoader(data, batch_size=64, shuffle=True, num_workers=int(sys.argv[2]), persistent_workers=True,
                                         prefetch_factor=4)
    for batch in loader:  # the workers start
        pass
    for _ in sys.stdin:
        start = time.perf_counter()
        count = sum(len(pictures) for pictures, _ in loader)
        print(count / (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main()
