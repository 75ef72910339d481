#!/usr/bin/env python3
"""The dependency rule of the house: app -> widgets -> core, and the order of rooms within each. And as a room's files are compiled in
batches, constants and types in unnamed namespaces have names of their own within a room. Ends with 1 on a breach."""
import collections
import pathlib
import re
import subprocess
import sys

CORE = {  # room: rooms it may include
    "base": set(),
    "image": {"base"},
    "annot": {"base"},
    "annot/assist": {"base", "annot"},
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


def core_room(parts):
    nested = "/".join(parts[1:3])
    return nested if nested in CORE else parts[1]


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
        own, other = core_room(parts), core_room(target)
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


UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}", re.S | re.M)
NAMED = re.compile(r"^namespace (lathe[\w:]*) \{", re.M)
TYPE = re.compile(r"^(?:struct|class|enum|enum class) (\w+)[^;]*$")


def unnamed(text):
    """Constants and types of a file's unnamed namespaces."""
    for block in UNNAMED.findall(text):
        for line in block.splitlines():
            if line.startswith("constexpr "):
                yield from re.findall(r"\bk[A-Z]\w*", re.sub(r"\{.*?\}|\(.*?\)|= *[^,;]+", "", line))
            elif match := TYPE.match(line):
                yield match.group(1)


def repeated(files):
    rooms = collections.defaultdict(lambda: collections.defaultdict(set))
    for path in files:
        if path.suffix == ".cpp" and path.parts[0] != "tests" and path.exists():
            text = path.read_text(encoding="utf-8")
            # A file with a namespace of its own (lathe::formats::yolo) may use what names it likes in it.
            within = NAMED.search(text)
            for name in unnamed(text):
                rooms[path.parent][within.group(1) if within else "", name].add(path.name)
    for room, names in rooms.items():
        for (_, name), users in names.items():
            if len(users) > 1:
                yield f"{room}: {name} is in the unnamed namespaces of {', '.join(sorted(users))}"


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
    for words in repeated([pathlib.Path(name) for name in files]):
        print(words)
        wrong += 1
    print(f"{len(files)} files, {wrong} wrong")
    sys.exit(wrong > 0)


main()
