"""A process of its own, on a made-up screen: opens every window and says what does not fit.

    python -m tests.ui.scaled WIDTH HEIGHT SCALE TEXT UNIT [PICTURES] [--scheme dark] [--demo]
        [--everywhere [--of-each N] [--walk N --walks N]]

WIDTH and HEIGHT are the screen's pixels, SCALE is 1 to 2.5, TEXT the text size in per cent, UNIT the folder of
``made.py``'s unit, PICTURES a folder for a picture of each. With ``--demo`` UNIT is the folder of a demonstration, made
there if there is none; with ``--everywhere`` every part, pane and act is opened too, in a window as large as the screen, or the first so many of
each of their groups, and each page with a pupil or without; or the pages of one walk where several share them, and the groups where all of each is.
Prints JSON.
"""

import argparse
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


def read(argv: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("width", type=int)
    parser.add_argument("height", type=int)
    parser.add_argument("scale")
    parser.add_argument("text", type=int)
    parser.add_argument("unit", type=Path)
    parser.add_argument("pictures", type=Path, nargs="?")
    parser.add_argument("--scheme", choices=("light", "dark", "contrast"), default="light")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--everywhere", action="store_true")
    parser.add_argument("--of-each", type=int)
    parser.add_argument("--walk", type=int, default=0)
    parser.add_argument("--walks", type=int, default=1)
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """The command."""
    asked = read(argv)
    with tempfile.TemporaryDirectory() as folder:
        take_screen(folder, asked.width, asked.height)
        os.environ["QT_SCALE_FACTOR"] = asked.scale
        from tests.ui.survey import Manner, Survey

        which = slice(asked.walk, None, asked.walks)
        manner = Manner(
            float(asked.scale),
            asked.text,
            asked.scheme,
            demo=asked.demo,
            everywhere=asked.everywhere,
            both_ways=asked.of_each is None,
            which_pages=which,
            which_scenes=which if asked.of_each is None else slice(None),
            scenes_of_each=asked.of_each,
        )
        print(json.dumps(Survey(manner, asked.unit, asked.pictures).run(), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
