#!/usr/bin/env python3
"""How long pycocotools takes to load a COCO file; prints the seconds. Needs pycocotools in the interpreter that runs it."""
import contextlib
import io
import sys
import time

from pycocotools.coco import COCO

start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    loaded = COCO(sys.argv[1])
print(f"{time.perf_counter() - start:.3f} {len(loaded.anns)}")
