"""Data-check slips: one for each household, and from 16 the pupil's own; whoever gets none is named.

Each is a form with codes (see ``paper_forms/details.py``): that all is right comes back by the scanner; what a family writes is read by a person.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, texts_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import households as printable
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.households import Audience, LeftOut, households
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.details import KIND
from pupil_desk.services.paper_forms.printing import FormBatch, NumberedForm
from pupil_desk.services.roles import Action

DATA_CHECK = KIND.name
"""What the command line and the log call a slip, and how its file's name begins."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip with its numbers; its file name says nothing but our reference."""

    form: NumberedForm

    @property
    def letter(self) -> Letter:
        """The letter that it goes with."""
        return self.form.form.letter

    @property
    def pupil(self) -> Pupil:
        return self.letter.pupil

    @property
    def story(self) -> Sequence[Block]:
        """All that goes out: in front of the slip the page in the language of the household, where there is one."""
        return [*self.form.form.leaf, self.form.page]

    @property
    def title(self) -> str:
        return self.form.form.title

    @property
    def file_stem(self) -> str:
        """How its file's name begins."""
        return self.form.form.file_stem


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips made, how many of them show or go to an address that must be withheld, and who gets none."""

    papers: tuple[Slip, ...]
    kept_back: int
    left_out: tuple[LeftOut, ...]

    @property
    def in_english(self) -> list[LeftOut]:
        """Who gets one in English alone though another language is wished, with the reason."""
        return FormBatch(tuple(paper.form for paper in self.papers)).in_english


def slips(desk: Desk, ids: Collection[str], *, withheld: bool = False, progress: Progress = unwatched) -> Slips:
    """The slips of these pupils; ``withheld`` makes those with an address to be kept from someone, too. ``progress`` may raise to stop.

    Logged by ``keep_printed``. Raises NotAllowed.
    """
    desk.require(Action.PRINT_FORM)
    addressed, papers, unprintable = households(desk, ids, Audience.BOTH, withheld=withheld), [], []
    for number, letter in enumerate(addressed.letters):
        progress(number, len(addressed.letters), _("Making the slips"))
        paper = slip(desk, letter, number + 1)
        if left_out := printable.left_out(letter, texts_of(paper.story)):
            unprintable.append(left_out)
        else:
            papers.append(paper)
    return Slips(tuple(papers), len(addressed.kept_back) if withheld else 0, (*addressed.left_out, *unprintable))


def of_pupils(desk: Desk, pupils: Iterable[Pupil], day: date | None = None) -> Iterator[Slip | LeftOut]:
    """The slips that go with the letters of the notice: for each household that gets one, and from 16 for the pupil; and who gets none,
    since it has a letter that no font has. Raises NotAllowed."""
    desk.require(Action.PRINT_FORM)
    for pupil in pupils:
        for number, letter in enumerate(notices.letters_of(desk, pupil.id, day).letters, start=1):
            paper = slip(desk, letter, number)
            yield printable.left_out(letter, texts_of(paper.story)) or paper


def slip(desk: Desk, letter: Letter, number: int = 1) -> Slip:
    """The slip of one letter, the so-manyth, with the page in the language of its household."""
    return Slip(printing.numbered(KIND.asking(desk, letter, number)))


def keep_printed(desk: Desk, papers: Sequence[Slip]) -> Changed:
    """Keep that slips were printed or saved: from now on they can come back. One row of the log a pupil, and what each tells to whom."""
    return printing.record_printed(desk, [paper.form for paper in papers])
