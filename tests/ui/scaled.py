"""A process of its own, on a made-up screen: opens every window and says what does not fit.

    python -m tests.ui.scaled WIDTH HEIGHT SCALE TEXT UNIT [PICTURES]

WIDTH and HEIGHT are the screen's pixels, SCALE is 1 to 2.5, TEXT the text size in per cent, UNIT the folder of
``made.py``'s unit, PICTURES a folder for a picture of each. Prints JSON.
"""

import json
import os
import sys
import tempfile
from pathlib import Path


def take_screen(folder: str, width: int, height: int) -> None:
    """Have Qt find a screen of so many pixels, without a desktop."""
    told = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    place = Path(folder) / "screens.json"
    place.write_text(json.dumps({"screens": [told]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={place}"


def main(argv: list[str]) -> int:
    """The command."""
    width, height, scale, text, unit, *pictures = argv
    with tempfile.TemporaryDirectory() as folder:
        take_screen(folder, int(width), int(height))
        os.environ["QT_SCALE_FACTOR"] = scale
        from tests.ui.fits import Survey

        survey = Survey(float(scale), int(text), Path(unit), Path(pictures[0]) if pictures else None)
        print(json.dumps(survey.run(), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
