"""The list of a class or a trip: a line for each pupil, with how the consent chosen stands, and its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.consents.words import standing_words, together_sign, together_words


@dataclass(frozen=True, slots=True)
class PupilConsents:
    """One pupil of the list, with each use, or each medicine, of the consent chosen."""

    rows: Sequence[PupilConsent]

    @property
    def pupil(self) -> Pupil:
        return self.rows[0].pupil

    @property
    def open(self) -> bool:
        """Whether there is no whole yes."""
        return not all(row.verdict.in_force for row in self.rows)


def _reason_words(pupil_row: PupilConsents) -> str:
    """That of a trip without its last day, until which it holds, and which stands above the list."""
    reasons = dict.fromkeys(row.verdict.reason_without_end if row.occasion else row.verdict.reason for row in pupil_row.rows)
    return next(iter(reasons)) if len(reasons) == 1 else _("Differs from use to use: open the pupil to see each")


def _shortly(pupil_row: PupilConsents) -> tuple[str, ...]:
    """What is so and then who, where there is no room for the sentence: where not even this has, the names are cut."""
    names = {row.verdict.names for row in pupil_row.rows}
    if len(names) > 1 or not all(names):
        return ()
    return (_("{words}: {names}").format(words=together_words(pupil_row.rows), names=names.pop()),)


def _use_lines(pupil_row: PupilConsents) -> str:
    lines = [
        f"{row.subject_words or row.type.name}: {standing_words(row.type, row.verdict)}. {row.verdict.reason}" for row in pupil_row.rows
    ]
    return "\n".join(lines)


def name_column(desk: Desk) -> Column[PupilConsents]:
    """The name with its badges: on a trip it must be seen who has an allergy."""
    name = Column[PupilConsents]("name", _("Pupil"), lambda row: row.pupil.surname_first, width=28)
    return badged(desk, name, lambda row: row.pupil.id, in_colour=True)


COLUMNS: tuple[Column[PupilConsents], ...] = (
    Column("year", _("Year"), lambda pupil_row: pupil_row.pupil.year_group or "", align="right"),
    Column(
        "standing",
        _("How it stands"),
        lambda pupil_row: together_words(pupil_row.rows),
        width=30,
        icon=lambda pupil_row: together_sign(pupil_row.rows),
        longest=_("Asked, no reply"),
        tip=_use_lines,
    ),
    Column("why", _("Why"), _reason_words, stretch=True, width=20, tip=_use_lines, shorter=_shortly),
)
