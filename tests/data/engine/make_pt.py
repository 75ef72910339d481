"""Files that torch.save writes, and files that only look so, into pt/: python3 make_pt.py   (torch 2.11.0)

good.pt and its values in good.json: types, views of one storage, a parameter, an empty and a scalar tensor, a nested checkpoint.
The others are to be refused: bad-*.pt name code, reach beyond their storage, ask for too much, or are cut.
"""
import io
import json
import os
import pathlib
import pickle
import zipfile
from collections import OrderedDict

import torch

OUT = pathlib.Path(__file__).parent / "pt"
OUT.mkdir(exist_ok=True)
torch.manual_seed(1)

base = torch.randn(4, 6)
state = OrderedDict(
    weight=torch.nn.Parameter(torch.randn(3, 2)), half=torch.randn(5).half(), bfloat=torch.randn(5).bfloat16(),
    long=torch.tensor([1, -2, 2**40]), flag=torch.tensor([True, False]), byte=torch.tensor([0, 255], dtype=torch.uint8),
    double=torch.randn(2, 2).double(), scalar=torch.tensor(7), empty=torch.empty(0, 3), turned=base.t(), part=base[1:3, ::2])
state._metadata = {"": {"version": 1}}
torch.save({"epoch": 3, "lr": 0.1, "model_state_dict": state, "big": 2**60, "names": ["a", ("b", None)]}, OUT / "good.pt")
(OUT / "good.json").write_text(json.dumps({k: {"shape": list(v.shape), "values": v.detach().double().flatten().tolist()}
                                           for k, v in state.items()}))


class Runs:
    def __init__(self, call, *arguments):
        self.call, self.arguments = call, arguments

    def __reduce__(self):
        return self.call, self.arguments


def archive(name, data, storages=(), compress=zipfile.ZIP_STORED):
    with zipfile.ZipFile(OUT / name, "w", compress) as file:
        file.writestr("archive/data.pkl", data)
        file.writestr("archive/byteorder", "little")
        for key, content in storages:
            file.writestr(f"archive/data/{key}", content)
        file.writestr("archive/version", "3\n")


class Storage:
    """What BINPERSID points to."""

    def __init__(self, kind, key, count):
        self.id = ("storage", kind, key, "cpu", count)


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        return value.id if isinstance(value, Storage) else None


def pickled(value):
    out = io.BytesIO()
    Pickler(out, 2).dump(value)
    return out.getvalue()


class Tensor:
    def __init__(self, count, offset, size, stride):
        self.arguments = (Storage(torch.FloatStorage, "0", count), offset, size, stride, False, OrderedDict())

    def __reduce__(self):
        return torch._utils._rebuild_tensor_v2, self.arguments


archive("bad-system.pt", pickled({"w": Runs(os.system, "touch /tmp/lathe-was-here")}))
archive("bad-eval.pt", pickled({"w": Runs(eval, "1")}))
archive("bad-beyond.pt", pickled({"w": Tensor(4, 2, (4,), (1,))}), [("0", b"\0" * 16)])
archive("bad-count.pt", pickled({"w": Tensor(1 << 40, 0, (4,), (1,))}), [("0", b"\0" * 16)])
archive("bad-repeat.pt", pickled({"w": Tensor(4, 0, (1 << 40,), (0,))}), [("0", b"\0" * 16)])
archive("bad-missing.pt", pickled({"w": Tensor(4, 0, (4,), (1,))}))
archive("bad-packed.pt", pickled({"w": Tensor(1 << 22, 0, (4,), (1,))}), [("0", b"\0" * (1 << 24))], zipfile.ZIP_DEFLATED)
archive("bad-nothing.pt", pickled({"epoch": 3}))
archive("bad-circle.pt", b"\x80\x02]q\x00h\x00a.")
archive("bad-deep.pt", b"\x80\x02" + b"]" * 1 + b"\x85" * 100000 + b".", compress=zipfile.ZIP_STORED)
archive("bad-end.pt", b"\x80\x02}q\x00X\xff\xff\xff\x7fabc")
good = (OUT / "good.pt").read_bytes()
(OUT / "bad-cut.pt").write_bytes(good[: len(good) // 2])
(OUT / "bad-legacy.pt").write_bytes(pickle.dumps({"w": 1}, 2))
