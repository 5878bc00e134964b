"""One pupil's answers to the consent chosen as one line of the list: how they stand together, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.consents.finding import surname_first
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


def _name(pupil_row: PupilConsents) -> str:
    name = surname_first(pupil_row.pupil)
    return _("{name} – protected").format(name=name) if pupil_row.rows[0].protected else name


def _reason_words(pupil_row: PupilConsents) -> str:
    reasons = dict.fromkeys(row.verdict.reason for row in pupil_row.rows)
    return next(iter(reasons)) if len(reasons) == 1 else _("Differs from use to use: open the pupil to see each")


def _use_lines(pupil_row: PupilConsents) -> str:
    lines = [
        f"{row.subject_words or row.type.name}: {standing_words(row.type, row.verdict)}. {row.verdict.reason}" for row in pupil_row.rows
    ]
    return "\n".join(lines)


COLUMNS: tuple[Column[PupilConsents], ...] = (
    Column("name", _("Pupil"), _name, width=28, icon=lambda pupil_row: PROTECTED_SIGN if pupil_row.rows[0].protected else ""),
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
    Column("why", _("Why"), _reason_words, stretch=True, width=20, tip=_use_lines),
)
