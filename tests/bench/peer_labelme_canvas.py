"""labelme with one 4000x3000 image of 5,000 polygons x 20 points, its window at 1600x1000, fit to window: the peer of
bench_canvas. Prints "repaints a second: N", N forced repaints of its canvas a second (median of 5).

Runs labelme's own MainWindow in this process. Needs a Python with labelme (5 or later), PyQt5 and Pillow: name it in
LATHE_LABELME_PYTHON. Measured on the reference machine (2 cores): 0.6."""
import json
import math
import os
import pathlib
import random
import statistics
import sys
import tempfile
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
WIDTH, HEIGHT, SHAPES = 4000, 3000, 5000


def polygon(rand):
    x, y, r = rand.uniform(0, WIDTH), rand.uniform(0, HEIGHT), min(100.0, max(5.0, rand.lognormvariate(math.log(45), 0.65) / 2))
    ring = [(x + r * math.cos(t * math.tau / 20), y + 0.8 * r * math.sin(t * math.tau / 20)) for t in range(20)]
    return [[min(WIDTH - 1, max(0, px)), min(HEIGHT - 1, max(0, py))] for px, py in ring]


def write_input(folder):
    from PIL import Image
    rand = random.Random(7)
    Image.effect_noise((WIDTH, HEIGHT), 60).convert("RGB").save(folder / "picture.jpg")
    shapes = [{"label": f"class{i % 12}", "points": polygon(rand), "group_id": None, "shape_type": "polygon", "flags": {}}
              for i in range(SHAPES)]
    path = folder / "picture.json"
    path.write_text(json.dumps({"version": "5.0.0", "flags": {}, "shapes": shapes, "imagePath": "picture.jpg", "imageData": None,
                                "imageHeight": HEIGHT, "imageWidth": WIDTH}))
    return path


def main():
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        path = write_input(pathlib.Path(home))
        from PyQt5 import QtWidgets
        from labelme.app import MainWindow
        app = QtWidgets.QApplication(sys.argv[:1])
        try:
            window = MainWindow(config_overrides={"auto_save": False})
        except TypeError:
            window = MainWindow(config={"auto_save": False})
        window.resize(1600, 1000)
        window.show()
        app.processEvents()
        load = getattr(window, "_load_from_file_or_dir", None) or window.loadFile
        load(str(path))
        app.processEvents()
        parts = getattr(window, "_canvas_widgets", window)
        speeds = []
        for _ in range(5):
            start = time.perf_counter()
            parts.canvas.repaint()
            speeds.append(1 / (time.perf_counter() - start))
        assert len(parts.canvas.shapes) == SHAPES
        print(f"repaints a second: {statistics.median(speeds):.3f}", flush=True)
        os._exit(0)


main()
