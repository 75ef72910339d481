#!/usr/bin/env python3
"""Golden vectors for Label Studio's brushes: ls_rle.json.

Packs and unpacks as the README of @thi.ng/rle-pack describes the stream (32 bits number of words, 5 bits word size - 1, four times
4 bits run size - 1, then per run 1 bit flag, 2 bits class, length - 1, words), with strings of "0" and "1" and nothing of Lathe.
A brush is a packed RGBA picture, row by row; its mask is the alpha plane. Run without arguments beside ls_rle.json.
"""
import json
import random

SIZES = [3, 4, 8, 16]


def bits(value, count):
    return format(value, "b").zfill(count) if value < 2**count else 1 / 0


def pack(words, word_size=8, sizes=SIZES, chunks=True):
    out = bits(len(words), 32) + bits(word_size - 1, 5) + "".join(bits(s - 1, 4) for s in sizes)

    def head(flag, length):
        kind = next(k for k in range(4) if length <= 2 ** sizes[k])
        return flag + bits(kind, 2) + bits(length - 1, sizes[kind])

    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end] == words[at] and end - at < 2 ** sizes[3]:
            end += 1
        if end - at > 1 or not chunks:
            out += head("1", end - at) + bits(words[at], word_size)
            at = end
            continue
        end = at + 1
        while end < len(words) and (end + 1 == len(words) or words[end] != words[end + 1]) and end - at < 2 ** sizes[3]:
            end += 1
        out += head("0", end - at) + "".join(bits(w, word_size) for w in words[at:end])
        at = end
    out += "0" * (-len(out) % 8)
    return [int(out[k:k + 8], 2) for k in range(0, len(out), 8)]


def unpack(packed):
    stream = "".join(bits(b, 8) for b in packed)
    at = 0

    def read(count):
        nonlocal at
        at += count
        return int(stream[at - count:at], 2)

    number, word_size = read(32), read(5) + 1
    sizes = [read(4) + 1 for _ in range(4)]
    words = []
    while len(words) < number:
        flag = read(1)
        length = read(sizes[read(2)]) + 1
        words += [read(word_size)] * length if flag else [read(word_size) for _ in range(length)]
    assert len(words) == number
    return words


def rgba(rows, colour, alpha):
    return [w for row in rows for c in row for w in ((*colour, alpha) if c == "1" else (0, 0, 0, 0))]


def vector(name, rows, colour=(255, 255, 255), alpha=255, **how):
    packed = pack(rgba(rows, colour, alpha), **how)
    back = unpack(packed)
    width = len(rows[0])
    assert ["".join("1" if back[(y * width + x) * 4 + 3] else "0" for x in range(width)) for y in range(len(rows))] == rows
    return {"name": name, "width": width, "height": len(rows), "rows": rows, "rle": packed}


def main():
    random.seed(7)
    noise = ["".join(random.choice("01") for _ in range(13)) for _ in range(9)]
    disc = ["".join("1" if (x - 30) ** 2 + (y - 20) ** 2 < 200 else "0" for x in range(70)) for y in range(41)]
    small = ["0110", "0100", "0100"]
    vectors = [
        vector("white, runs alone", small, chunks=False),
        vector("white", noise),
        vector("a green brush of half alpha", noise, (0, 128, 1), 100),
        vector("disc", disc),
        vector("other run sizes", noise, (1, 2, 3), 4, sizes=[1, 2, 5, 9]),
        vector("words of 12 bits", small, (9, 8, 7), 6, word_size=12),
        vector("longer than the longest run", ["0" * 200] * 90 + ["1" * 200] * 10),
        vector("empty", ["000"] * 2),
        vector("full", ["111"] * 2),
    ]
    with open("ls_rle.json", "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(v, separators=(",", ":")) for v in vectors) + "\n]\n")


main()
