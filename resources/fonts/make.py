#!/usr/bin/env python3
"""Makes the window's fonts: run it once, the results are kept in this folder.

  make.py [FOLDER]     needs Debian's fonts-inter, fonts-jetbrains-mono, python3-fonttools

Lathe Sans is Inter (OFL 1.1, no reserved font name) with tabular figures as the only figures, because Qt before 6.7 can't switch
OpenType features on and columns of changing numbers must not dance. Cut to Latin, Greek, Cyrillic and signs; Hangul comes from
Noto Sans CJK KR. Lathe Mono is JetBrains Mono without ligatures, cut to Latin and box drawing."""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

INTER = Path("/usr/share/fonts/opentype/inter")
MONO = Path("/usr/share/fonts/truetype/jetbrains-mono")
SANS_RANGES = [(0x20, 0x24F), (0x370, 0x4FF), (0x2000, 0x20CF), (0x2100, 0x214F), (0x2190, 0x22FF), (0x25A0, 0x25CF), (0x2713, 0x2717)]
MONO_RANGES = [(0x20, 0x24F), (0x370, 0x3FF), (0x2000, 0x206F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2500, 0x257F)]


def single_substitutions(font, feature):
    """glyph -> glyph of all single substitutions of an OpenType feature."""
    table, mapping = font["GSUB"].table, {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != feature:
            continue
        for index in record.Feature.LookupListIndex:
            for sub in table.LookupList.Lookup[index].SubTable:
                mapping.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    return mapping


def freeze(font, feature):
    """Makes the feature's glyphs the ones that characters map to."""
    mapping = single_substitutions(font, feature)
    for table in font["cmap"].tables:
        table.cmap.update({code: mapping[glyph] for code, glyph in table.cmap.items() if glyph in mapping})


def rename(font, old, new):
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            compact = record.nameID == 6
            text = record.toUnicode()
            record.string = text.replace(old.replace(" ", "") if compact else old, new.replace(" ", "") if compact else new, 1)


def cut(font, ranges, features):
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)


def main():
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for weight in ("Regular", "Medium", "SemiBold"):
        font = TTFont(INTER / f"Inter-{weight}.otf")
        freeze(font, "tnum")
        rename(font, "Inter", "Lathe Sans")
        cut(font, SANS_RANGES, ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "case"])
        font.save(out / f"LatheSans-{weight}.otf")
    font = TTFont(MONO / "JetBrainsMono-Regular.ttf")
    rename(font, "JetBrains Mono", "Lathe Mono")
    cut(font, MONO_RANGES, ["kern", "mark", "mkmk", "ccmp"])
    font.save(out / "LatheMono-Regular.ttf")


if __name__ == "__main__":
    main()
