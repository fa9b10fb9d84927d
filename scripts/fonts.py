# /// script
# dependencies = ["fonttools==4.66.1", "brotli==1.2.0"]
# ///
"""python scripts/fonts.py <folder>: the site's typeface out of a folder that holds the npm packages @fontsource/ibm-plex-sans and
@fontsource/ibm-plex-sans-arabic (5.3.0), into libs/web/assets/fonts. Run again when the pages need other letters; see decision 035."""

import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# What is changed may not bear the reserved name of the original (SIL OFL 1.1, condition 3).
FAMILY = "Registry Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold"}

# What Italian and English are written with; what names of the rest of Europe need beside it; and the letters of Arabic with their vowel marks.
LATIN, LATIN_EXT = "ibm-plex-sans/files/ibm-plex-sans-latin", "ibm-plex-sans/files/ibm-plex-sans-latin-ext"
ARABIC = "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic"
ITALIAN = "A0,A7,A9,AB,B0,B2,B3,B7,BB,C0,C8,C9,CC,D2,D7,D9,E0,E8,E9,EC,F2,F9"
SIGNS = "2013,2014,2018,2019,201C,201D,2022,2026,2039,203A,20AC,2212"
WESTERN = "A1-A6,A8,AA,AC,AE,AF,B1,B4-B6,B8-BA,BC-BF,C1-C7,CA,CB,CD-D1,D3-D6,D8,DA-DF,E1-E7,EA,EB,ED-F1,F3-F8,FA-FF"
SETS = {
    "latin": (LATIN, f"20-7E,{ITALIAN},{SIGNS}"),
    "latin-west": (LATIN, f"{WESTERN},2010-2012,2015,201A,201E,2032,2033"),
    "latin-east": (LATIN_EXT, "100-17F,218-21B,1E9E"),
    "arabic": (ARABIC, "60C,61B,61F,621-63A,640-652,670"),
}
# Kerning, marks in their places, and the joined forms of letters. Digits have one width as they are.
# Kerning below so many thousandths of the size is not seen, and weighs more than the rest of it.
SLIGHT = 16
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "init", "medi", "fina", "isol", "rlig"]


def without_slight_kerning(font: TTFont) -> None:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            if table.LookupType == 2 and table.Format == 1:
                for pairs in table.PairSet:
                    pairs.PairValueRecord = [pair for pair in pairs.PairValueRecord if abs(pair.Value1.XAdvance) >= SLIGHT]
            elif table.LookupType == 2:
                for value in (second.Value1 for first in table.Class1Record for second in first.Class2Record):
                    if value and abs(value.XAdvance) < SLIGHT:
                        value.XAdvance = 0


def made(source: Path, letters: str, style: str, target: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=FEATURES, flavor="woff2", recalc_timestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters))
    subsetter.subset(font)
    if "arab" not in source.name:
        without_slight_kerning(font)
    for record in font["name"].names:
        named = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"{FAMILY}-{style}".replace(" ", ""), 16: FAMILY}
        record.string = named.get(record.nameID, str(record))
    font.flavor = "woff2"
    font.save(target)


sources, here = Path(sys.argv[1]), Path(__file__).parent.parent / "libs/web/assets/fonts"
for letters, (source, unicodes) in SETS.items():
    for weight, style in WEIGHTS.items():
        made(sources / f"{source}-{weight}-normal.woff2", unicodes, style, here / f"{letters}-{weight}.woff2")
ranges = {letters: "U+" + unicodes.replace(",", ",U+") for letters, (_, unicodes) in SETS.items()}
(here / "ranges.json").write_text(json.dumps({"family": FAMILY, "weights": list(WEIGHTS), "ranges": ranges}, indent=2) + "\n")
