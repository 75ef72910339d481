#!/usr/bin/env python3
"""clang-tidy over the tree:   installer/check_tidy.py [--all | --since COMMIT | FILE...]

Without arguments over the .cpp files that differ from main or are not committed. Files of one room are read sixteen at a time, since
almost all of the time goes into the headers that they share: the whole tree takes an hour of one core so, where file by file it takes
four. A batch whose files don't go together (two things of one name) is halved until they do. Reads the commands of the preset dev; a
file that it doesn't compile is left out.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "dev"
BATCH, OF_TESTS = 16, 4  # tests name their helpers as they like and seldom go together
# In a batch the files are included, and the programs' entry points would be one and the same.
CHECKS = "--checks=-bugprone-suspicious-include"
ENTRIES = ("main", "LLVMFuzzerTestOneInput")
NOISE = re.compile(r"warnings? (and \d+ errors? )?generated|^Suppressed|^Use -header-filter|warnings? treated as errors")


def git(*arguments):
    return subprocess.check_output(["git", *arguments], text=True, cwd=ROOT).split()


def wanted(arguments):
    changed = lambda commit: (git("diff", "--name-only", "--diff-filter=d", commit, "--", "*.cpp") +
                              git("ls-files", "--others", "--exclude-standard", "--", "*.cpp"))
    if arguments[:1] == ["--all"]:
        return git("ls-files", "*.cpp")
    if arguments[:1] == ["--since"]:
        return changed(arguments[1])
    return arguments or changed(git("merge-base", "HEAD", "main")[0])


def batches(files):
    """(directory, command without source and object, sources), sources of one command together."""
    if not (BUILD / "compile_commands.json").exists():
        subprocess.run(["cmake", "--preset", "dev"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    files = {os.path.abspath(ROOT / file) for file in files}
    groups = {}
    # clang can't read GCC's precompiled headers: each command includes the header that was precompiled instead.
    plain = lambda match: "-include " + re.search(r'#include "(.+)"', open(match[1]).read())[1]
    for entry in json.load(open(BUILD / "compile_commands.json")):
        if os.path.abspath(entry["file"]) not in files:
            continue
        command = re.sub(r"-Winvalid-pch|-Werror|-Wshadow=local| -o \S+ -c \S+", "", entry["command"])  # warnings of GCC's own
        command = re.sub(r"-include (\S+/cmake_pch\.hxx)", plain, command)
        groups.setdefault((entry["directory"], command), set()).add(entry["file"])
    for (directory, command), sources in groups.items():
        sources = sorted(sources)
        size = OF_TESTS if "/tests/" in sources[0] else BATCH
        for at in range(0, len(sources), size):
            yield directory, command, sources[at:at + size]


def read(directory, command, sources):
    """The findings in some sources, as text; empty when they are clean."""
    with tempfile.TemporaryDirectory() as work:
        source = pathlib.Path(work) / "batch.cpp"
        for file in sources:  # what a test's moc file would define is of no matter here, that there is one is
            (pathlib.Path(work) / pathlib.Path(file).with_suffix(".moc").name).touch()
        lines = []
        for number, file in enumerate(sources):
            lines += [f"#undef {name}\n#define {name} {name}_{number}" for name in ENTRIES] if len(sources) > 1 else []
            lines.append(f'#include "{file}"')
        source.write_text("\n".join(lines) + "\n")
        (pathlib.Path(work) / "compile_commands.json").write_text(
            json.dumps([{"directory": directory, "command": f"{command} -I{work} -o batch.o -c {source}", "file": str(source)}]))
        done = subprocess.run(["clang-tidy", "-quiet", "-p", work, f"--config-file={ROOT / '.clang-tidy'}", CHECKS,
                               "--header-filter=/(core|widgets|app|tests)/", source], cwd=ROOT, text=True, capture_output=True)
    if "[clang-diagnostic-error]" in done.stdout and len(sources) > 1:
        middle = len(sources) // 2
        return read(directory, command, sources[:middle]) + read(directory, command, sources[middle:])
    if done.returncode == 0:
        return ""
    return "".join(line + "\n" for line in (done.stdout + done.stderr).splitlines() if not NOISE.search(line))


def main():
    files = [file for file in wanted(sys.argv[1:]) if file.endswith(".cpp")]
    work = list(batches(files))
    clean = True
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for findings in pool.map(lambda batch: read(*batch), work):
            clean = clean and not findings
            print(findings, end="", flush=True)
    print(f"clang-tidy: {sum(len(sources) for _, _, sources in work)} files, {'clean' if clean else 'findings above'}")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
