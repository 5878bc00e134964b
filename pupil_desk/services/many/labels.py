"""Labels for the pupils chosen: a name, a name with our reference, or a household's address."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.labels import Label, LabelSheet, fits, sheets
from pupil_desk.domain.consents.consent import is_adult
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import households as printable
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.households import Audience, LeftOut, households
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import pupils


class LabelKind(Enum):
    """What stands on a label. The value is the key that the screen remembers."""

    NAME = "name"
    NAME_AND_REF = "name-and-ref"
    ADDRESS = "address"


KINDS: Mapping[LabelKind, str] = {
    LabelKind.NAME: _("Name"),
    LabelKind.NAME_AND_REF: _("Name, year group and reference"),
    LabelKind.ADDRESS: _("Address of each household, or of a pupil of 18"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in order, the pupils whose they are, and what could not be made."""

    sheet: LabelSheet
    labels: tuple[Label, ...]
    pupils: tuple[Pupil, ...]
    left_out: tuple[LeftOut, ...]


def words_of(sheet: LabelSheet) -> str:
    """«21 a sheet, 63.5 × 38.1 mm»."""
    return _("{count} a sheet, {width} × {height} mm").format(count=sheet.count, width=f"{sheet.width:g}", height=f"{sheet.height:g}")


def sheet_of(key: str) -> LabelSheet:
    """The sheet of that key; the usual one where there is no such."""
    return next((sheet for sheet in sheets() if sheet.key == key), sheets()[0])


def labels(desk: Desk, ids: Collection[str], kind: LabelKind, sheet: LabelSheet) -> Labels:
    """The labels for these pupils; what has no room on one is left out, and named. Logged by ``log_print``.

    An address that must be withheld is on none, and one under an order or restriction gets none.
    """
    desk.require(Action.READ_RECORD)
    candidates, left_out = _addresses(desk, ids) if kind is LabelKind.ADDRESS else (_names(desk, ids, kind), [])
    fitting = []
    for candidate in candidates:
        if against := _against(candidate.label, sheet):
            left_out.append(LeftOut(candidate.pupils[0], candidate.label.lines[0] if kind is LabelKind.ADDRESS else "", against))
        else:
            fitting.append(candidate)
    labelled_pupils = dict.fromkeys(pupil for label in fitting for pupil in label.pupils)
    return Labels(sheet, tuple(label.label for label in fitting), tuple(labelled_pupils), tuple(left_out))


def _against(label: Label, sheet: LabelSheet) -> str:
    """Why a label cannot be made, as a sentence goes on; empty where it can. One that cannot does not stop the others."""
    if unprintable := printable.against(label.lines):
        return unprintable
    return "" if fits(label, sheet) else _("the text has no room on a label of this size")


@dataclass(frozen=True, slots=True)
class _PupilsLabel:
    """One label, and of whom it is: brothers and sisters share the one of their household."""

    pupils: tuple[Pupil, ...]
    label: Label


def _names(desk: Desk, ids: Collection[str], kind: LabelKind) -> list[_PupilsLabel]:
    name_labels = []
    for pupil in pupils.some(desk.vault, ids):
        lines = [pupil.full_name]
        if kind is LabelKind.NAME_AND_REF:
            year = _("Year {year}").format(year=pupil.year_group) if pupil.year_group else ""
            lines.append(", ".join(filter(None, (year, pupil.ref))))
        name_labels.append(_PupilsLabel((pupil,), Label(lines)))
    return name_labels


def _addresses(desk: Desk, ids: Collection[str]) -> tuple[list[_PupilsLabel], list[LeftOut]]:
    """Of the households of the parents, and of each pupil of 18 or over."""
    by_name = pupils.some(desk.vault, ids)
    places = {pupil.id: place for place, pupil in enumerate(by_name)}
    adult_ids = {pupil.id for pupil in by_name if is_adult(pupil.dob, desk.today)}
    of_families = households(desk, {*ids} - adult_ids, Audience.FAMILIES)
    of_adults = households(desk, adult_ids, Audience.PUPILS)
    letters = sorted((*of_families.letters, *of_adults.letters), key=lambda letter: places[letter.pupil.id])
    pupils_by_label = grouped(((*letter.names, *letter.address), letter.pupil) for letter in letters)
    left_out = [*of_families.left_out, *of_adults.left_out]
    return [_PupilsLabel(tuple(label_pupils), Label(lines)) for lines, label_pupils in pupils_by_label.items()], left_out


def log_print(desk: Desk, labelled_pupils: Iterable[Pupil], kind: LabelKind) -> None:
    """Log that labels were printed: a row a pupil."""
    cards.log_each(desk, list(labelled_pupils), f"labels printed: {kind.value}")
