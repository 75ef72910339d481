#!/usr/bin/env python3
"""The dependency rule of the house: app -> widgets -> core, and the order of rooms within each. Ends with 1 on a wrong include."""
import pathlib
import re
import subprocess
import sys

CORE = {  # room: rooms it may include
    "base": set(),
    "image": {"base"},
    "annot": {"base"},
    "rpc": {"base"},
    "formats": {"base", "image", "annot"},
    "store": {"base", "image", "annot"},
    "data": {"base", "image", "annot", "formats", "store"},
    "runs": {"base", "image", "annot", "formats", "store", "data", "rpc"},
    "models": {"base", "image", "annot", "formats", "store", "data", "runs", "rpc"},
    "serve": {"base", "image", "annot", "formats", "store", "data", "runs", "models", "rpc"},
    "monitor": {"base", "image", "annot", "formats", "store", "data", "runs", "models", "rpc"},
}
TORCH_ONLY = {"nn", "train", "eval", "explain", "profile", "cuda", "dist", "export"}  # must build on a bare machine with a card
MODES = {"start", "canvas", "browser", "train", "compare", "explain", "profile", "review", "serve", "jobs"}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)


def complaints(path, included):
    parts, target = path.parts, pathlib.PurePosixPath(included).parts
    engine = parts[:2] in {("core", "engine"), ("app", "engine")}
    if re.match(r"(torch|ATen|c10)/", included) and not engine and parts[0] != "tests":
        yield "torch headers belong to core/engine and app/engine"
    if parts[0] == "core" and re.match(r"Q[A-Z]\w+$|Qt\w+/", included):
        yield "core has no Qt"
    if included == "qcustomplot.h" and parts[:2] != ("widgets", "charts"):
        yield "only widgets/charts uses QCustomPlot"
    if parts[0] == "widgets" and re.match(r"(soci|sqlite3)", included):
        yield "widgets have no SQL"
    if len(target) < 2 or target[0] not in {"core", "widgets", "app"}:
        return
    if parts[0] == "core" and target[0] != "core":
        yield "core includes core alone"
    if parts[0] == "widgets" and target[0] == "app":
        yield "widgets don't include app"
    if target[:2] == ("core", "engine") and not engine and parts[0] != "tests":
        yield "nothing but app/engine uses core/engine"
    if parts[0] == target[0] == "core" and not engine:
        own, other = parts[1], target[1]
        if own != other and other not in CORE.get(own, set()):
            yield f"core/{own} may not include core/{other}"
    if parts[:2] == ("core", "engine") and parts[2] in TORCH_ONLY and target[0] == "core" and target[1] not in {"base", "engine", "runs"}:
        yield f"core/engine/{parts[2]} builds with torch and header-only libraries alone"
    if parts[0] == target[0] == "widgets":
        own, other = parts[1], target[1]
        if own in MODES and other in MODES and own != other:
            yield "modes don't include each other; the shell composes them"
        if own == "common" and other != "common" or own == "charts" and other in MODES:
            yield f"widgets/{own} may not include widgets/{other}"


def main():
    files = subprocess.run(["git", "ls-files", "*.h", "*.cpp", "*.cu"], capture_output=True, text=True, check=True).stdout.split()
    wrong = 0
    for name in files:
        path = pathlib.Path(name)
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            for reason in complaints(path, match.group(1)):
                line = text.count("\n", 0, match.start()) + 1
                print(f"{name}:{line}: {match.group(1)}: {reason}")
                wrong += 1
    print(f"{len(files)} files, {wrong} wrong includes")
    sys.exit(wrong > 0)


main()
