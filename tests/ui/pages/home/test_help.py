"""The help on Home names every line that Home can show by the words that it begins with, each once, and no other."""

import re
from collections import Counter

from pupil_desk.basics.places import resource
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.home.looking import cards

_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def test_the_help_names_every_line_of_home_as_it_begins(context: Context) -> None:
    text = resource("help", "01-home.md").read_text(encoding="utf-8").partition("## What each line asks")[2]
    titles = {card.title for card in cards(context.desk, lambda *_place: None, lambda: None)}
    assert len(titles) > 30
    assert Counter(_BOLD.findall(text)) == Counter(titles)
