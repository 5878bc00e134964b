"""The help on Home names every list that Home can show, and each once."""

import re
from collections import Counter
from pathlib import Path

from pupil_desk.basics.places import resource
from pupil_desk.ui.pages import home

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_CARD = re.compile(r"Card\(\s*_\(\"([^\"]+)\"\)")


def test_the_help_names_every_list_of_home_once() -> None:
    said = [words.lower() for words in _BOLD.findall(Path(resource("help", "01-home.md")).read_text(encoding="utf-8"))]
    folder = Path(home.__file__).parent
    titles = {title for file in folder.glob("*.py") for title in _CARD.findall(file.read_text(encoding="utf-8"))}
    assert len(titles) > 20, "the cards are found by how they are written"
    named = Counter({title: sum(title.lower().startswith(words) for words in said) for title in titles})
    assert {title: times for title, times in named.items() if times != 1} == {}
    assert [words for words, times in Counter(said).items() if times > 1] == []
    ages = [words for words in said if "13" in words]
    assert len(ages) == 1, "coming of age is one list"
