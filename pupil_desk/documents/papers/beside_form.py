"""The page in another language beside a form that is ticked and read back: what the form says, in its order, with nothing to tick or to write on."""

from collections.abc import Iterable, Iterator, Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Columns, Heading, Keep, NoticeBox, Para, Run, Text, TickRow, WritingLine

SILENCE, RETURN_TO = _("Until you answer, or if you never do:"), _("Return to:")


def beside_form(story: Sequence[Block], belongs_to: str, about: Text, last: Text) -> list[Block]:
    """The page as blocks, of the ``story`` of the form in that language, whose first block is its title.

    ``belongs_to`` is for the office, in English: which form it goes with. ``about`` says that nothing is ticked here, ``last`` what else there is to know.
    """
    title, *body = story
    if not isinstance(title, Heading):
        raise TypeError(title)
    return [title, Para([Run(belongs_to, lang="en-GB")], style="small"), NoticeBox([Para(about)]), *_without_boxes(body), Para(last)]


def _without_boxes(blocks: Iterable[Block]) -> Iterator[Block]:
    """A box becomes a line of a list, a line for a pen nothing."""
    for block in blocks:
        if isinstance(block, TickRow):
            yield Bullets([block.label])
        elif isinstance(block, Keep):
            inner = list(_without_boxes(block.blocks))
            if inner:
                yield Keep(inner)
        elif not isinstance(block, Columns | WritingLine):
            yield block
