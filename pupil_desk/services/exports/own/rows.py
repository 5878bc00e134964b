"""What makes an export of a version that the unit has saved: who goes by the rule of sharing, and a row for each with what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from pupil_desk.basics.text import capital, fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Kind
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.exports.own_export import ATTENDANCE, BASES, OwnExport
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.sharing.choice import PARENT, PUPIL
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import ConsentWord, Level, SharingCase, decide
from pupil_desk.services.consents import resting
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Export, ExportColumn, ExportedPupil, ExportRow, LeftOut, Select, Selection, single
from pupil_desk.services.exports.judged import held_of, parent_told, place_of, stay_on
from pupil_desk.services.exports.layouts import TABLE, items_told
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.services.pupils import lists
from pupil_desk.store.tables import cases, contacts

_OUT_OF_USE = ConsentWord(False, "rule", _("The consent is no longer in use, so nothing rests on it."))


def export_of(own_export: OwnExport) -> Export:
    """The export that a version describes. Whether it may be made is for ``versions.usable`` to say."""
    return Export(
        name=own_export.own_export,
        title=own_export.title,
        recipient_key=own_export.own_export,
        own_recipient=own_export.recipient,
        law=own_export.law_in_full,
        basis=BASES[own_export.basis],
        purpose=own_export.purpose,
        items=own_export.items,
        covers=_covers(own_export),
        select=_selecting(own_export),
        layouts=TABLE,
    )


def recipient_of(own_export: OwnExport) -> Recipient:
    """Whom the rule of sharing is asked about."""
    return Recipient(
        own_export.own_export,
        own_export.recipient,
        own_export.law_in_full,
        BASES[own_export.basis],
        (),
        full=own_export.items,
        consent=own_export.consent,
    )


def _covers(own_export: OwnExport) -> str:
    words = [_("Only pupils registered with us on the day.")]
    if own_export.conditions:
        words.append(
            _("Of them those of whom this is true: {conditions}.").format(
                conditions=join_words([condition.words for condition in own_export.conditions])
            )
        )
    if own_export.by_consent:
        words.append(_("Of them only those of whom there is a yes on the day to: {consent}.").format(consent=own_export.law))
    return " ".join(words)


def _selecting(own_export: OwnExport) -> Select:
    """Who is told: by ``decide``, as for every recipient; a protected pupil only once confirmed by name."""

    def select(desk: Desk, ask: Ask) -> Selection:
        recipient, rules = recipient_of(own_export), desk.settings.rules
        out_of_use = own_export.by_consent and not any(choice.key == own_export.consent for choice in resting.choices(desk))
        verdicts = _verdicts(desk, own_export.consent, ask.day) if own_export.by_consent and not out_of_use else {}
        among = lists.meeting(desk, own_export.conditions, ask.day)
        further_data = _FurtherData.read(desk, own_export, ask.day)
        selection = Selection(single(tuple(ExportColumn(column.heading, column.item) for column in own_export.columns)))
        for case in cases.all_cases(desk.vault, ask.day, desk.today):
            if case.pupil.id not in among:
                continue
            verdict = verdicts.get(case.pupil.id)
            worded = case.with_consent(own_export.consent, _OUT_OF_USE) if out_of_use else _with_word(case, own_export, verdict)
            decision = decide(worded, recipient, ask.day, rules)
            if decision is None:
                continue
            if decision.level is Level.NONE:
                selection.left_out.append(
                    LeftOut(case.pupil, decision.reason, _("the consent is no longer in use") if out_of_use else _not_yes(verdict))
                )
            else:
                values = further_data.values(case, ask.day)
                cells = tuple(values.get(column.item) if column.item in decision.items else None for column in own_export.columns)
                items = items_told(selection.sheets[0].columns, cells)
                exported = ExportedPupil(
                    case.pupil,
                    decision.reason,
                    items,
                    (ExportRow(cells),),
                    level=decision.level.value,
                    decided_by=decision.decided_by,
                    protections=tuple(case.protections),
                )
                add_unless_protected(selection, exported, ask)
        if own_export.order:
            place = [column.item for column in own_export.columns].index(own_export.order)
            selection.exported.sort(key=lambda entry: _place(entry.rows[0].cells[place]))
        return selection

    return select


def _verdicts(desk: Desk, consent: str, day: date) -> Mapping[str, Verdict]:
    """How a consent stands of each pupil on a day, and where it is a yes then, as it stands today.

    What was withdrawn since is not sent under the word of an earlier day (UK GDPR, article 7(3)).
    """
    then = resting.verdicts(desk, consent, day)
    if day == desk.today:
        return then
    now = resting.verdicts(desk, consent, desk.today, leavers_too=True)
    return {
        pupil_id: now[pupil_id] if verdict.in_force else verdict
        for pupil_id, verdict in then.items()
        if pupil_id in now or not verdict.in_force
    }


def _with_word(case: SharingCase, own_export: OwnExport, verdict: Verdict | None) -> SharingCase:
    if not own_export.by_consent or verdict is None:
        return case
    decided_by = PUPIL if verdict.by == (PUPIL,) else PARENT if verdict.by else "rule"
    reason = verdict.reason if verdict.in_force else f"{capital(_not_yes(verdict))}. {verdict.reason}"
    return case.with_consent(own_export.consent, ConsentWord(verdict.in_force, decided_by, reason))


def _not_yes(verdict: Verdict | None) -> str:
    """Why there is no yes, in words that name nobody."""
    return resting.NOT_YES[verdict.standing if verdict is not None and not verdict.in_force else ConsentStatus.NOT_ASKED]


@dataclass(frozen=True, slots=True)
class _FurtherData:
    """What stands beside the pupils themselves, read once for all, and only what is asked for."""

    item_paths: Sequence[str]
    families: Mapping[str, Sequence[Contact]]
    attended: Mapping[str, float]

    @classmethod
    def read(cls, desk: Desk, own_export: OwnExport, day: date) -> "_FurtherData":
        item_paths = [column.item for column in own_export.columns]
        families = contacts.by_pupil(desk.vault) if any(path.startswith("contact.") for path in item_paths) else {}
        return cls(item_paths, families, lists.attendance(desk, day) if ATTENDANCE in item_paths else {})

    def values(self, case: SharingCase, day: date) -> dict[str, Cell]:
        """What is held of a pupil, by item, as it stands in the file."""
        pupil = case.pupil
        records = held_of(pupil, stay_on(case.enrolments, day), parent_told(self.families.get(pupil.id, ()), case.protections))
        values_by_item: dict[str, Cell] = {}
        for path in self.item_paths:
            if path == ATTENDANCE:
                values_by_item[path] = Decimal(f"{self.attended[pupil.id]:.1f}") if pupil.id in self.attended else None
            else:
                values_by_item[path] = _cell(path, attrgetter(place_of(path))(records))
        return values_by_item


def _cell(path: str, value: Any) -> Cell:
    """Dates and numbers as such, everything else in words, as a person reads it."""
    item = every_item()[path]
    if value is None or item.kind in (Kind.DATE, Kind.NUMBER):
        return value  # type: ignore[no-any-return]  # it is what the kind says
    return show(item, value)


def _place(cell: Cell) -> tuple[bool, str]:
    """Where a row stands among those ordered by this: nothing last."""
    if isinstance(cell, int | Decimal):
        return False, f"{cell:09}"
    return cell is None, cell.isoformat() if isinstance(cell, date) else fold(cell or "")
