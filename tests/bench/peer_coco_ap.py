"""Seconds of evaluate, accumulate and summarize, and the AP: peer_coco_ap.py pycocotools|faster FOLDER (best of three)."""
import contextlib
import io
import sys
import time

which, folder = sys.argv[1:3]
if which == "pycocotools":
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval
else:
    from faster_coco_eval import COCO
    from faster_coco_eval import COCOeval_faster as COCOeval
best = 1e9
with contextlib.redirect_stdout(io.StringIO()):
    truth = COCO(f"{folder}/gt.json")
    found = truth.loadRes(f"{folder}/detections.json")
    for _ in range(3):
        start = time.perf_counter()
        work = COCOeval(truth, found, "bbox")
        work.evaluate()
        work.accumulate()
        work.summarize()
        best = min(best, time.perf_counter() - start)
print(best, float(work.stats[0]))
