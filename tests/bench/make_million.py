#!/usr/bin/env python3
"""A workspace of a million images out of a small one: make_million.py SMALL.lathe BIG.lathe [IMAGES]

Each image of SMALL is there again and again under another name, split and light, with its own labels and picture; for looking at a
large workspace, not for training on it. SMALL stays as it is; the pictures stay where they are."""
import hashlib
import pathlib
import shutil
import sqlite3
import sys

small, big = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
shutil.copytree(small, big, ignore=shutil.ignore_patterns("media", "cache", "runs", "models"))
for folder in ("media", "cache", "runs", "models"):
    (big / folder).mkdir(exist_ok=True)
base = sqlite3.connect(big / "lathe.db")
columns = [row[1] for row in base.execute("PRAGMA table_info(image)")]
rows = [dict(zip(columns, row)) for row in base.execute("SELECT * FROM image ORDER BY id")]
extra = dict(base.execute("SELECT image_id, body FROM image_extra"))
base.execute("UPDATE image SET path = ? || '/' || path WHERE path NOT LIKE '/%'", (str(small),))
insert = f"INSERT INTO image ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"
number = rows[-1]["id"]
while number < wanted:
    for row in rows:
        number += 1
        copy = dict(row, id=number, digest=hashlib.sha256(f"{row['digest']} {number}".encode()).hexdigest())
        stem, dot, suffix = row["name"].rpartition(".")
        copy["name"] = f"{number // 10000:03d}/{stem or suffix}_{number:07d}{dot}{suffix if stem else ''}"
        copy["path"] = row["path"] if row["path"].startswith("/") else f"{small}/{row['path']}"
        copy["split"] = ("val", "test", "train", "train", "train", "train", "train", "train", "train", "train")[number % 10]
        copy["brightness"] = max(0.0, row["brightness"] + (number * 7919 % 2001) / 50 - 20)
        base.execute(insert, [copy[name] for name in columns])
base.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'images'")
base.commit()
base.close()
print(f"{number} images in {big}")
