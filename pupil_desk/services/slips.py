"""Data-check slips: one for each household, and from 16 the pupil's own; whoever gets none is named.

They bear no code: what a family writes on one is read by a person, and entered by hand.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents import data_check as layout
from pupil_desk.documents.blocks import Block, texts_of
from pupil_desk.domain.notice import Letter
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import notices, printable, told_on_paper
from pupil_desk.services.data_check import data_check, items_told
from pupil_desk.services.desk import Desk
from pupil_desk.services.households import LeftOut, To, households
from pupil_desk.services.progress import Progress
from pupil_desk.services.roles import Action

DATA_CHECK = "data-check"
"""What the command line and the log call a slip, and how its file's name begins."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip as a story, and the letter that it goes with; its file name says nothing but our reference."""

    letter: Letter
    story: Sequence[Block]
    file_stem: str
    title: str = _("Is what we hold still right?")

    @property
    def pupil(self) -> Pupil:
        """Whom it is about."""
        return self.letter.pupil


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips made, how many of them show or go to an address that must be withheld, and who gets none."""

    papers: tuple[Slip, ...]
    kept_back: int
    left_out: tuple[LeftOut, ...]


def slips(desk: Desk, ids: Collection[str], *, withheld: bool = False, step: Progress) -> Slips:
    """The slips of these pupils; ``withheld`` makes those with an address to be kept from someone, too. ``step`` may raise to stop.

    Logged by ``printed``. Raises NotAllowed.
    """
    desk.require(Action.PRINT_FORM)
    found, papers, unprintable = households(desk, ids, To.BOTH, withheld=withheld), [], []
    for number, letter in enumerate(found.letters):
        step(number, len(found.letters), _("Making the slips"))
        paper = slip(desk, letter, number + 1)
        if left_out := printable.left_out(letter, texts_of(paper.story)):
            unprintable.append(left_out)
        else:
            papers.append(paper)
    return Slips(tuple(papers), len(found.kept_back) if withheld else 0, (*found.left_out, *unprintable))


def of_pupils(desk: Desk, pupils: Iterable[Pupil], day: date | None = None) -> Iterator[Slip | LeftOut]:
    """The slips that go with the letters of the notice: for each household that gets one, and from 16 for the pupil; and who gets none,
    since it has a letter that no font has. Raises NotAllowed."""
    desk.require(Action.PRINT_FORM)
    for pupil in pupils:
        for number, letter in enumerate(notices.letters_of(desk, pupil.id, day).letters, start=1):
            paper = slip(desk, letter, number)
            yield printable.left_out(letter, texts_of(paper.story)) or paper


def slip(desk: Desk, letter: Letter, number: int = 1) -> Slip:
    """The slip of one letter, the so-manyth."""
    return Slip(letter, layout.story(data_check(desk, letter)), f"{DATA_CHECK}-{letter.pupil.ref}-{number}")


def printed(desk: Desk, papers: Sequence[Slip]) -> None:
    """Log that slips were printed or saved, one row a pupil, and what each tells to whom."""
    ids = list(dict.fromkeys(paper.pupil.id for paper in papers))
    if not ids:
        return
    with desk.act(Action.PRINT_FORM, "pupil", ids[0], DATA_CHECK) as work:
        for pupil_id in ids[1:]:
            work.note(Action.PRINT_FORM, "pupil", pupil_id, DATA_CHECK)
        for paper in papers:
            told_on_paper.keep(work, told_on_paper.data_check(items_told(desk, paper.letter)), [paper.letter])
