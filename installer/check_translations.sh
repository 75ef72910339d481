#!/usr/bin/env bash
# Are all strings of the window translated?  check_translations.sh [--update]
#
# Without arguments: fails, and lists them, when a string of widgets/, app/workbench or the catalogues of core is missing in translations/lathe_ko.ts, or
# unfinished, or lost its %1 on the way. --update: brings the .ts files up to date with the sources (run it, translate, commit).
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate6 || command -v /usr/lib/qt6/bin/lupdate || command -v lupdate)
options=(-silent -I . -locations none -no-ui-lines -no-obsolete -extensions cpp,h)
if [ "${1:-}" = --update ]; then
  "$lupdate" "${options[@]}" widgets app/workbench core/runs core/formats -ts translations/lathe_ko.ts
  "$lupdate" "${options[@]}" -pluralonly widgets app/workbench core/runs core/formats -ts translations/lathe_en.ts
  exit
fi
# lupdate follows no macro of ours, and nothing between tr( and the string.
if grep -rnE '#define .*TRANSLATE_NOOP|(\btr|translate)\([^)]*QT_TRANSLATE_NOOP' widgets app/workbench; then
  echo "lupdate doesn't see these strings: mark each by itself with tr or QT_TRANSLATE_NOOP" >&2
  exit 1
fi
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp translations/lathe_ko.ts "$work/lathe_ko.ts"
cp translations/lathe_en.ts "$work/lathe_en.ts"
"$lupdate" "${options[@]}" widgets app/workbench core/runs core/formats -ts "$work/lathe_ko.ts"
"$lupdate" "${options[@]}" -pluralonly widgets app/workbench core/runs core/formats -ts "$work/lathe_en.ts"
python3 - "$work/lathe_ko.ts" "$work/lathe_en.ts" <<'PY'
import re, sys
import xml.etree.ElementTree as ET
bad = 0
for path in sys.argv[1:]:
    total = 0
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation.get("type") in ("vanished", "obsolete"): continue
            total += 1
            source = message.findtext("source")
            texts = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            holes = set(re.findall(r"%\d", source))
            wrong = translation.get("type") == "unfinished" or not all(text.strip() for text in texts)
            lost = any(holes - set(re.findall(r"%\d", text)) for text in texts)
            if wrong or lost:
                bad += 1
                print(f"{path.split('/')[-1]}: {context.findtext('name')}: {'lost a %N' if lost and not wrong else 'not translated'}: {source!r}")
    print(f"{path.split('/')[-1]}: {total} strings", file=sys.stderr)
sys.exit(f"{bad} strings are missing; run installer/check_translations.sh --update and translate them" if bad else 0)
PY
