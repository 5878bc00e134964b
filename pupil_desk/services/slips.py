"""Data-check slips of chosen pupils: one for each household, and from 16 the pupil's own; whoever gets none is named."""

from collections.abc import Collection
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents import data_check as layout
from pupil_desk.services import forms
from pupil_desk.services.data_check import data_check
from pupil_desk.services.desk import Desk
from pupil_desk.services.forms import DATA_CHECK, FORMS, FormPaper
from pupil_desk.services.households import LeftOut, To, households
from pupil_desk.services.progress import Progress
from pupil_desk.services.roles import Action


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips made, how many of them show or go to an address that must be withheld, and who gets none."""

    papers: tuple[FormPaper, ...]
    kept_back: int
    left_out: tuple[LeftOut, ...]


def slips(desk: Desk, ids: Collection[str], *, withheld: bool = False, step: Progress) -> Slips:
    """The slips of these pupils; ``withheld`` makes those with an address to be kept from someone, too. ``step`` may raise to stop.

    Logged by ``printed``. Raises NotAllowed.
    """
    desk.require(Action.PRINT_FORM)
    found, papers = households(desk, ids, To.BOTH, withheld=withheld), []
    for number, letter in enumerate(found.letters):
        step(number, len(found.letters), _("Making the slips"))
        story = layout.story(data_check(desk, letter))
        papers.append(FormPaper(letter.pupil, letter, story, FORMS[DATA_CHECK], f"{DATA_CHECK}-{letter.pupil.ref}-{number + 1}"))
    return Slips(tuple(papers), len(found.kept_back) if withheld else 0, found.left_out)


def printed(desk: Desk, made: Slips) -> None:
    """Log that slips were printed, one row a pupil, and what each tells to whom."""
    forms.printed(desk, [paper.pupil for paper in made.papers], DATA_CHECK, [paper.letter for paper in made.papers])
