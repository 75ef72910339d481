#!/usr/bin/env python3
"""Parity of record: ONNX Runtime and Python torch against a package's golden cases.

usage: check.py PACKAGE [--tolerance 1e-5]

Loads model.onnx with ONNX Runtime and model.pt with torch.jit, runs golden.safetensors' "input" through both (as one batch and one by
one, so that a fixed batch size shows) and compares with "logits". Also checks the ONNX file with onnx.checker and that
weights.safetensors carries the parameters of model.pt bit by bit. Prints one JSON line; exit 1 when anything is off.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from safetensors.numpy import load_file


def by_batch(run, x):
    whole = run(x)
    single = np.concatenate([run(x[k:k + 1]) for k in range(len(x))])
    return whole, single


def onnx_runner(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    assert [i.name for i in session.get_inputs()] == ["input"] and [o.name for o in session.get_outputs()] == ["logits"]
    return lambda x: session.run(["logits"], {"input": x})[0]


def torch_runner(file):
    module = torch.jit.load(str(file), map_location="cpu")
    module.eval()

    def run(x):
        with torch.no_grad():
            return module(torch.from_numpy(x.copy())).numpy()
    return module, run


def same_weights(module, file):
    state = {name: tensor.numpy() for name, tensor in module.state_dict().items()}
    stored = load_file(str(file))
    assert set(state) == set(stored), sorted(set(state) ^ set(stored))[:5]
    return all(np.array_equal(state[name], stored[name]) for name in state)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("package", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    golden = load_file(str(options.package / "golden.safetensors"))
    x, wanted = golden["input"], golden["logits"]
    file = onnx.load(str(options.package / "model.onnx"))
    onnx.checker.check_model(file, full_check=True)
    module, run_torch = torch_runner(options.package / "model.pt")
    result = {"cases": len(x), "opset": file.opset_import[0].version, "ir": file.ir_version}
    for name, run in [("onnxruntime", onnx_runner(options.package / "model.onnx")), ("torch", run_torch)]:
        result[name] = max(float(np.abs(y - wanted).max()) for y in by_batch(run, x))
    result["weights"] = same_weights(module, options.package / "weights.safetensors")
    result["ok"] = bool(result["weights"] and max(result["onnxruntime"], result["torch"]) <= options.tolerance)
    print(json.dumps(result))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
