"""Golden for core/formats/git_dvc.cpp: what `dvc add` of DVC 3 writes for a folder with names that sort in every odd way.

    python3 -m venv V && V/bin/pip install dvc && PATH=V/bin:$PATH python3 tests/data/formats/make_dvc.py

Writes dvc_images.json: {"files": {name: text}, "dvc": text of images.dvc, "made_by": version}.
"""
import json
import pathlib
import subprocess
import tempfile

FILES = {
    "b.png": "one",
    "a/z.png": "two",
    "a/B.png": "three",
    "a.png": "four",
    "a b.png": "",
    "a-b.png": "five",
    "A.png": "six",
    "한글/그림.png": "seven",
    "é\"quoted\".png": "eight",
    "z/0/deep.jpg": "one",
}

with tempfile.TemporaryDirectory() as name:
    root = pathlib.Path(name)
    run = lambda *words: subprocess.run(words, cwd=root, check=True, capture_output=True, text=True).stdout
    run("dvc", "init", "--no-scm", "-q")
    for file, text in FILES.items():
        (root / "images" / file).parent.mkdir(parents=True, exist_ok=True)
        (root / "images" / file).write_text(text)
    run("dvc", "add", "images", "-q")
    golden = {"files": FILES, "dvc": (root / "images.dvc").read_text(), "made_by": "dvc " + run("dvc", "--version").strip()}

out = pathlib.Path(__file__).parent / "dvc_images.json"
out.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")
print(golden["dvc"])
