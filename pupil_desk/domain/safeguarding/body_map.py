"""The body map: a figure from the front and from the back, on which marks are placed, each with words; so it reads in words as well.

The figure is data (``resources/safeguarding/body.toml``): shapes on a grid of 100 to 200, each with the name of the part. It is drawn
from these shapes, and a mark is named by the shape in which it lies, so that the picture and the words cannot differ. Left and right are the pupil's own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem

WIDTH, HEIGHT = 100, 200
"""The grid on which a mark is placed, of each figure."""
MOST_MARKS = 60
_LONGEST_WORDS = 300  # characters of one mark
_SEPARATOR = ";"
_MIDDLE = 3  # steps of the grid on either side of the middle line that are neither left nor right


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A shape of a figure: an ellipse around ``(x, y)``, with half its width and height, and the name of the part."""

    view: str
    label: str
    x: float
    y: float
    half_width: float
    half_height: float

    def distance(self, x: float, y: float) -> float:
        """How far a place is from its middle: up to 1 within it."""
        return ((x - self.x) / self.half_width) ** 2 + ((y - self.y) / self.half_height) ** 2


@dataclass(frozen=True, slots=True)
class BodyMark:
    """A mark: on the front or the back, where on the grid, and what is seen there."""

    view: str
    x: int
    y: int
    text: str

    @property
    def part(self) -> BodyPart | None:
        """The part of the body in which it lies, or to which it lies nearest; None for a figure that there is not."""
        parts = [part for part in figure() if part.view == self.view]
        return min(parts, key=lambda part: part.distance(self.x, self.y), default=None)

    @property
    def part_words(self) -> str:
        """The part of the body; of one that lies across the middle, on which side of it: «chest, left side». The side is the pupil's own."""
        part = self.part
        if part is None:
            return _("beside the figure")
        across = self.x - WIDTH / 2
        if part.x != WIDTH / 2:
            return part.label
        if abs(across) <= _MIDDLE:
            return _("{part}, in the middle").format(part=part.label)
        side = sides_of(self.view)[across > 0]
        return _("{part}, {side} side").format(part=part.label, side=side.lower())

    @property
    def where(self) -> str:
        """«Front, left upper arm»."""
        return _("{view}, {part}").format(view=view_label(self.view), part=self.part_words)

    @property
    def sentence(self) -> str:
        """The mark in words: «Front, left upper arm: round bruise, 2 cm»."""
        return _("{where}: {words}").format(where=self.where, words=self.text)


def view_label(view: str) -> str:
    """Front or back, in words."""
    return {"front": _("Front"), "back": _("Back")}.get(view, view)


def sides_of(view: str) -> tuple[str, str]:
    """Which side of the pupil is on the reader's left, and which on the reader's right: seen from the front they are the other way round."""
    own = (_("Left"), _("Right"))
    return own if view == "back" else (own[1], own[0])


VIEWS = ("front", "back")


@by_rules
def figure() -> tuple[BodyPart, ...]:
    """The shapes of both figures, in the order in which they are drawn."""
    parts = rule_data("safeguarding", "body.toml")["parts"]
    return tuple(
        BodyPart(part["view"], part["label"], *(float(part[name]) for name in ("x", "y", "half_width", "half_height"))) for part in parts
    )


def lines_of(marks: Iterable[BodyMark]) -> str | None:
    """The marks as an entry keeps them, one a line; None for none."""
    text = "\n".join(_SEPARATOR.join((mark.view, str(mark.x), str(mark.y), " ".join(mark.text.split()))) for mark in marks)
    return text or None


def marks_of(text: str | None) -> tuple[BodyMark, ...]:
    """The marks that an entry keeps, as far as each line is one."""
    return tuple(mark for line in (text or "").splitlines() if (mark := _mark_of(line)) is not None)


def _mark_of(line: str) -> BodyMark | None:
    view, x, y, words = (*line.split(_SEPARATOR, 3), "", "", "")[:4]
    if view in VIEWS and x.isdecimal() and y.isdecimal() and int(x) <= WIDTH and int(y) <= HEIGHT and words.strip():
        return BodyMark(view, int(x), int(y), words.strip())
    return None


def sentences_of(text: str | None) -> list[str]:
    """The marks in words, one each."""
    return [mark.sentence for mark in marks_of(text)]


def check(text: str | None) -> Iterator[Problem]:
    """Each line must be a mark, with words; so many at most."""
    lines = (text or "").splitlines()
    marks = marks_of(text)
    if len(marks) != len(lines) or len(marks) > MOST_MARKS or any(len(mark.text) > _LONGEST_WORDS for mark in marks):
        words = _("Each mark needs words that say what is seen there, at most {longest} characters; {most} marks at most.")
        yield Problem("body_map", "bad_marks", words.format(longest=_LONGEST_WORDS, most=MOST_MARKS))
