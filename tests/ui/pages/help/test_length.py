"""The help on the pages is short: as many words as a person can be asked to read, and short sentences."""

from pupil_desk.basics.places import resource

MOST = 8_900  # half of what stood there when people said that they read none of it; tables made from rules are not counted

INCIDENTS = 600  # a page that came later, with steps that a law of 2026 asks for, beside all that the others told already


def test_the_help_on_the_pages_is_at_most_half_of_what_it_was() -> None:
    words = {path.stem: len(path.read_text(encoding="utf-8").split()) for path in resource("help").glob("[01][0-9]-*.md")}
    assert len(words) == 23
    assert words.pop("02-incidents") <= INCIDENTS
    assert sum(words.values()) <= MOST, words
    assert max(words.values()) <= 1_600
