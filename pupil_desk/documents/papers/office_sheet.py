"""A sheet for the office in front of a pile of papers for families: which of them to look at before they go out. It names nobody.

It may slip into an envelope by mistake: a pupil's number tells a family nothing, and why a paper is to be looked at stays on the screen.
"""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para

TITLE = _("For the office: this sheet goes to nobody")


def story(papers: Sequence[tuple[int, str]]) -> list[Block]:
    """The sheet as blocks. ``papers`` are the places in the pile, from 1, of those to look at, with the number of the pupil each is about."""
    return [
        Heading(1, TITLE),
        Para(_("Before these go out, check the name and the address on each, and put them into their envelopes yourself:")),
        Bullets([_("paper {place}, pupil {number}").format(place=place, number=number) for place, number in papers]),
        Para(
            _(
                "Papers are counted from the one after this sheet; each begins on a sheet of its own. The pupils are on the screen by their numbers."
            )
        ),
        Para(_("Nothing on the papers themselves says this. Then shred this sheet.")),
    ]
