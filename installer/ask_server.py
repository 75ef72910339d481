#!/usr/bin/env python3
"""Asks an Open Inference Protocol v2 server for one prediction and prints it: ask_server.py URL"""
import json
import sys
import urllib.request

base = sys.argv[1].rstrip("/")


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}/{path}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.loads(reply.read() or b"{}")


name = call("v2/repository/index", {})[0]["name"]
tensor = call(f"v2/models/{name}")["inputs"][0]
shape = [1 if side < 0 else side for side in tensor["shape"]]
count = 1
for side in shape:
    count *= side
reply = call(f"v2/models/{name}/infer", {"inputs": [{"name": tensor["name"], "datatype": "FP32", "shape": shape, "data": [0.0] * count}]})
logits = reply["outputs"][0]["data"]
print(f"model {name} answered {len(logits)} logits, the largest is class {max(range(len(logits)), key=logits.__getitem__)}")
