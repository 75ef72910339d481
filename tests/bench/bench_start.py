#!/usr/bin/env python3
"""Time from exec to the first large mapped window, warm, of the workbench on a workspace and of labelme, in turn, in one run.
To reach: the workbench <= 0.3x labelme.   bench_start.py LATHE WORKSPACE LABELME [-n RUNS]
LABELME is its executable (python3 -m venv; pip install labelme PyQt5). Needs Xvfb and xwininfo (x11-utils)."""
import argparse
import os
import re
import signal
import statistics
import subprocess
import tempfile
import time

SHOWN = re.compile(r"^\s+0x\w+ .* (\d+)x(\d+)\+", re.M)


def has_window(env):
    tree = subprocess.run(["xwininfo", "-root", "-tree"], env=env, capture_output=True, text=True).stdout
    for line in tree.splitlines():
        found = SHOWN.match(line)
        if found and int(found[1]) >= 600 and int(found[2]) >= 400 and "root window" not in line:
            identity = line.split()[0]
            if "IsViewable" in subprocess.run(["xwininfo", "-id", identity], env=env, capture_output=True, text=True).stdout:
                return True
    return False


def seconds_to_window(command, display):
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, DISPLAY=display, HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, QT_QPA_PLATFORM="xcb")
        start = time.perf_counter()
        program = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            while time.perf_counter() - start < 60:
                if has_window(env):
                    return time.perf_counter() - start
                time.sleep(0.005)
            raise SystemExit(f"no window within 60 s: {command}")
        finally:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lathe")
    parser.add_argument("workspace")
    parser.add_argument("labelme")
    parser.add_argument("-n", type=int, default=7)
    args = parser.parse_args()
    display = f":{os.getpid() % 5000 + 100}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", "1600x1000x24"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    commands = {"lathe": [args.lathe, "open", args.workspace, "--no-welcome"], "labelme": [args.labelme]}
    times = {name: [] for name in commands}
    try:
        for repeat in range(args.n + 1):
            for name, command in commands.items():
                value = seconds_to_window(command, display)
                if repeat:  # the first of each warms the cache
                    times[name].append(value)
    finally:
        server.kill()
    for name, values in times.items():
        print(f"{name:8} median {statistics.median(values):.3f} s  min {min(values):.3f}  max {max(values):.3f}  n {len(values)}")
    print(f"ratio {statistics.median(times['lathe']) / statistics.median(times['labelme']):.3f} (to reach 0.3)")


main()
