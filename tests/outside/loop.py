#!/usr/bin/python3
"""The whole loop through the real window, from outside: see README.md. Ends with 1 at the first step that fails."""
import argparse
import os
import pathlib
import sys
import tempfile
import time

DRIVER = os.environ.get("LATHE_DRIVE", "")
if not os.path.exists(os.path.join(DRIVER, "drive.py")):
    print("skipped: LATHE_DRIVE is not the folder of drive.py (tests/outside/README.md)")
    sys.exit(77)
sys.path.insert(0, DRIVER)
from a11y_report import report  # noqa: E402
from drive import Gui  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODES = ["start", "label", "browse", "train", "compare", "explain", "profile", "review", "serve"]


class Loop:
    def __init__(self, gui, out, epochs, home):
        self.gui, self.out, self.epochs, self.home = gui, out, epochs, home
        self.findings = []

    def says(self, words, timeout=30):
        """Waits for a label with these words (a regular expression)."""
        return self.gui.wait_for("label", words, timeout=timeout)

    def mode(self, name):
        self.gui.press(f"ctrl+{MODES.index(name) + 1}")

    def enabled(self, button, timeout=30):
        found = self.gui.wait_for("push button", button, timeout=timeout)
        self.gui.wait_for(test=lambda: "enabled" in found.states, timeout=timeout)
        return found

    def field(self, role, name, text):
        self.gui.click(self.gui.find(role, name))
        self.gui.press("ctrl+a")
        self.gui.type(text)

    def act_as(self, user):
        self.gui.click(self.gui.find("push button", "^User "))
        self.gui.press("ctrl+a")
        self.gui.type(user)
        self.gui.press("Return", "Escape")
        self.gui.wait_for("push button", f"^User {user}$")

    # -- the steps, in order ----------------------------------------------------------------------------------

    def take_the_sample_set(self):
        self.gui.click(self.gui.wait_for("push button", "^Sample: digits", timeout=30))
        self.says("of 5.?000 images", timeout=120)
        self.act_as("ana")

    def freeze(self):
        self.mode("browse")
        grid = self.gui.wait_for("list", "^Images$")
        x, y, w, h = grid.extents
        self.gui.click((x + 60, y + 60))
        self.gui.press("ctrl+shift+s")
        self.says("^Snapshot .* images")

    def draw_a_box(self):
        grid = self.gui.find("list", "^Images$")
        self.gui.double(grid.child(0))
        canvas = self.gui.wait_for("canvas", timeout=20)
        self.gui.wait_for(test=lambda: "0 shapes" in canvas.description or "class" in canvas.description, timeout=20)
        before = canvas.count
        self.gui.press("1", "r")
        x, y, w, h = canvas.extents
        middle = (x + w // 2, y + h // 2)
        self.gui.drag((middle[0] - 90, middle[1] - 90), (middle[0] + 90, middle[1] + 90))
        self.gui.wait_for(test=lambda: canvas.count == before + 1)
        self.says("^All saved$")

    def train(self):
        self.mode("train")
        self.enabled("^Start next run")
        self.field("spin box", "^Epochs", str(self.epochs))
        self.gui.press("Tab", "ctrl+Return")
        self.says(f"of {self.epochs}$", timeout=120)
        self.says("^Finished$", timeout=900)

    def explain(self):
        self.mode("explain")
        self.gui.wait_for(test=lambda: "Grad-CAM" in self.gui.find(None, "^Map over the picture$").description, timeout=120)

    def submit(self):
        self.mode("compare")
        self.enabled("^Submit B for review")
        self.gui.press("ctrl+Return")
        self.says("packaged, not yet submitted", timeout=120)
        self.gui.press("ctrl+u")
        self.says("submitted by ana")

    def approve(self):
        self.act_as("bo")
        self.field("text", "^Note for the audit log", "figures and wrong answers looked at")
        self.gui.press("ctrl+Return")
        self.says("approved by bo")

    def push(self):
        self.mode("serve")
        self.gui.press("ctrl+shift+n")
        self.gui.type("shelf")
        self.gui.press("Tab", "Tab")
        self.gui.type(str(self.home / "served"))
        self.gui.press("Return")
        self.enabled("^Push")
        self.gui.press("ctrl+Return")
        self.says("is live on shelf", timeout=120)

    def try_it(self):
        picture = next((self.home / "picture").glob("*.png"))
        self.gui.click(self.gui.find(None, "^Drop a picture"))
        self.gui.wait_for("dialog", timeout=10)
        self.gui.type(str(picture))
        self.gui.press("Return")
        self.says(r"^answer .* ms", timeout=120)

    def run(self):
        for number, step in enumerate([self.take_the_sample_set, self.freeze, self.draw_a_box, self.train, self.explain,
                                       self.submit, self.approve, self.push, self.try_it], 1):
            name = step.__name__.replace("_", " ")
            started = time.time()
            try:
                step()
            except BaseException:
                self.gui.shot(str(self.out / f"{number}-failed.png"))
                print(f"FAILED: {name}", file=sys.stderr)
                raise
            self.gui.shot(str(self.out / f"{number}-{step.__name__}.png"))
            print(f"{name:22} {time.time() - started:6.1f} s", flush=True)

    def names(self):
        """Controls without a name, mode by mode."""
        for mode in MODES:
            self.mode(mode)
            time.sleep(1)
            self.gui.shot(str(self.out / f"mode-{mode}.png"))
            self.gui.popups()
            self.gui.shown = []  # the fields inside of spin boxes announce themselves as if they were popups
            roles, findings = report(self.gui)
            self.findings += [f"{mode}: {what}: {where}" for what, where in findings]
            print(f"{mode:22} {sum(roles.values()):4} accessibles, {len(findings)} without a name", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", default=str(ROOT / "build/default/bin"))
    parser.add_argument("--out", default="")
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    out = pathlib.Path(options.out or tempfile.mkdtemp(prefix="lathe-loop-"))
    out.mkdir(parents=True, exist_ok=True)
    home = pathlib.Path(tempfile.mkdtemp(prefix="lathe-home-"))
    lathe = os.path.join(options.bin, "lathe")
    if os.system(f"'{lathe}' samples digits '{home}/digits' >/dev/null"):
        sys.exit("the sample set could not be written")
    (home / "picture").mkdir()
    sample = sorted((home / "digits" / "7").iterdir())[0]
    (home / "picture" / sample.name).write_bytes(sample.read_bytes())
    with Gui([lathe, "open", "--no-welcome", "--theme", "dark", "--lang", "en"], home=str(home), maximise=True,
             env={"USER": "cleo"}) as gui:
        loop = Loop(gui, out, options.epochs, home)
        loop.run()
        loop.names()
        for line in loop.findings:
            print(line)
        warnings = [line for line in gui.log().splitlines() if line.strip()]
        print(f"pictures: {out}")
        sys.exit(1 if loop.findings or warnings and print("\n".join(warnings)) else 0)


if __name__ == "__main__":
    main()
