"""The help on the pages is short: as many words as a person can be asked to read, and short sentences."""

from pupil_desk.basics.places import resource

MOST = 8_900  # half of what stood there when people said that they read none of it; tables made from rules are not counted

LATER = {
    "02-absence": 370,
    "02-accidents": 500,
    "02-exams": 500,
    "02-compare": 250,
    "02-incidents": 610,
    "02-kitchen": 415,
    "12-own-fields": 500,
    "02-leave": 365,
    "02-plans": 500,
    "02-registers-on-paper": 500,
    "02-safeguarding": 600,
    "02-schools": 680,
    "02-providers": 500,
    "04-translations": 590,
    "09-statistics": 300,
    "02-transport": 500,
}
"""Pages that came later, with steps that a law asks for, beside all that the others told already: how many words each may have."""


def test_the_help_on_the_pages_is_at_most_half_of_what_it_was() -> None:
    words = {path.stem: len(path.read_text(encoding="utf-8").split()) for path in resource("help").glob("[01][0-9]-*.md")}
    for page, most in LATER.items():
        assert words.pop(page) <= most, page
    assert sum(words.values()) <= MOST, f"more than {MOST}; a page that comes with a new feature has its words in LATER: {words}"
    assert max(words.values()) <= 1_600
