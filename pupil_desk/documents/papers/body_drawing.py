"""The body map of an entry on paper: both figures, with the marks as numbered rings. Their words stand beside it."""

from collections.abc import Iterator, Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.drawing import Drawing, Oval, Spot
from pupil_desk.domain.safeguarding.body_map import HEIGHT, VIEWS, WIDTH, BodyMark, figure, sides_of, view_label

_BETWEEN = 30  # of the grid, between the figures
_HEAD = 16  # of the grid, above the figures, for their captions


def body_drawing(marks: Sequence[BodyMark]) -> Drawing:
    """Front and back beside each other, with these marks, numbered from 1 in their order."""
    shift = {view: place * (WIDTH + _BETWEEN) for place, view in enumerate(VIEWS)}
    ovals = [Oval(shift[part.view] + part.x, _HEAD + part.y, part.half_width, part.half_height) for part in figure()]
    spots = [Spot(shift[mark.view] + mark.x, _HEAD + mark.y, str(number)) for number, mark in enumerate(marks, 1)]
    sentences = " ".join(_("{number}: {mark}.").format(number=number, mark=mark.sentence) for number, mark in enumerate(marks, 1))
    captions = [caption for view in VIEWS for caption in _captions(view, shift[view])]
    alt = _("Body map, from the front and from the back. {marks}").format(marks=sentences)
    return Drawing(alt, width=2 * WIDTH + _BETWEEN, height=_HEAD + HEIGHT, ovals=ovals, spots=spots, captions=captions)


def _captions(view: str, shift: float) -> Iterator[Spot]:
    """Front or back, and beneath it the pupil's own left and right, each over its side."""
    left, right = sides_of(view)
    yield Spot(shift + WIDTH / 2 - 9, 0, view_label(view))
    yield Spot(shift, 10, left)
    yield Spot(shift + WIDTH - 18, 10, right)
