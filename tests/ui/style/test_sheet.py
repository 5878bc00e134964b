"""Every colour of the template is one, and the words of what is under the pointer, pressed or chosen can be read, in every scheme."""

import re
from collections.abc import Iterator

import pytest

from pupil_desk.ui.style.colours import DARK, LIGHT, READABLE, Colours, contrast, of_system
from pupil_desk.ui.style.sheet import style_sheet
from tests.ui.style.test_contrast_themes import THEMES, palette_of

SCHEMES = ["light", "dark", *THEMES]
GROUNDS = ("window", "surface", "raised")  # on which what has no ground of its own stands
_COLOUR = re.compile(r"#[0-9a-f]{6}|transparent|none")
_COLOURED = re.compile(r"(?:^|;)\s*([a-z-]*(?:color|background)):\s*([^;]+)")
_BUTTON = re.compile(r'QPushButton(?:\[look="([a-z-]+)"\])?(?::(hover|pressed))?')


def scheme(name: str) -> Colours:
    return {"light": LIGHT, "dark": DARK}.get(name) or of_system(palette_of(name))


def rules(colours: Colours) -> Iterator[tuple[str, dict[str, str]]]:
    """Each selector with the colours that it gives."""
    sheet = re.sub(r"/\*.*?\*/", "", style_sheet(colours, 100))
    for selectors, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        given = {name: value.strip() for name, value in _COLOURED.findall(body)}
        for selector in selectors.split(","):
            yield " ".join(selector.split()), given


def readable(colours: Colours, given: dict[str, str]) -> bool:
    """Whether the words can be read on their ground, or on any that they may stand on."""
    own = given.get("background", "transparent")
    grounds = [own] if own.startswith("#") else [getattr(colours, name) for name in GROUNDS]
    return all(contrast(given.get("color", colours.text), ground) >= READABLE for ground in grounds)


@pytest.mark.parametrize("name", SCHEMES)
def test_what_is_to_be_a_colour_is_one(name: str) -> None:
    """A size of the same name would take its place: «color: 11.0» colours nothing, and Qt says nothing."""
    found = [(selector, key, value) for selector, given in rules(scheme(name)) for key, value in given.items()]
    assert len(found) > 150
    assert [each for each in found if not _COLOUR.fullmatch(each[2])] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_words_under_the_pointer_or_chosen_can_be_read(name: str) -> None:
    colours = scheme(name)
    states = [(selector, given) for selector, given in rules(colours) if ":" in selector and {"color", "background"} <= given.keys()]
    assert len(states) > 20
    assert [selector for selector, given in states if "disabled" not in selector and not readable(colours, given)] == []


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(
    "states", [frozenset(), frozenset({"hover"}), frozenset({"hover", "pressed"})], ids=["at rest", "hover", "pressed"]
)
def test_the_words_of_every_button_can_be_read(name: str, states: frozenset[str]) -> None:
    colours = scheme(name)
    of_buttons = [(found, given) for selector, given in rules(colours) if (found := _BUTTON.fullmatch(selector)) is not None]
    looks = {found[1] or "" for found, _given in of_buttons}
    assert len(looks) > 10
    for look in looks:
        drawn: dict[str, str] = {}
        apply = [(found, given) for found, given in of_buttons if found[1] in (None, look) and (not found[2] or found[2] in states)]
        for _found, given in sorted(
            apply, key=lambda rule: sum(part is not None for part in rule[0].groups())
        ):  # the more it says the more it counts
            drawn |= given
        assert readable(colours, drawn), (look, drawn)
