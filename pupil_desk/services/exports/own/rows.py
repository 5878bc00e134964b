"""What makes an export of a version that the unit has saved: who goes by the rule of sharing, and a row for each with what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, listed
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Kind
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.consents.case import Standing, Verdict
from pupil_desk.domain.exports.own_export import ATTENDANCE, BASES, OwnExport
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import PARENT, PUPIL, Case, ConsentWord, Level, decide
from pupil_desk.services.consents import resting
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.columns import items_told
from pupil_desk.services.exports.export import Ask, Column, Export, LeftOut, Row, Select, Selection, Told, single
from pupil_desk.services.exports.judged import held_of, parent_told, place_of, stay_on
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.protected import put
from pupil_desk.services.pupils import lists
from pupil_desk.store.tables import cases, contacts

_OUT_OF_USE = ConsentWord(False, "rule", _("The consent is no longer in use, so nothing rests on it."))


def export_of(made: OwnExport) -> Export:
    """The export that a version describes. Whether it may be made is for ``own.usable`` to say."""
    return Export(
        name=made.own_export, title=made.title, to=made.own_export, own_recipient=made.recipient, law=made.law_in_full, basis=BASES[made.basis], purpose=made.purpose,
        items=made.items, covers=_covers(made), stem=made.own_export, select=_selecting(made), layouts=TABLE,
    )  # fmt: skip


def recipient_of(made: OwnExport) -> Recipient:
    """Whom the rule of sharing is asked about."""
    return Recipient(made.own_export, made.recipient, made.law_in_full, BASES[made.basis], (), made.items, consent=made.consent)


def _covers(made: OwnExport) -> str:
    words = [_("Only pupils registered with us on the day.")]
    if made.conditions:
        words.append(_("Of them those of whom this is true: {conditions}.").format(conditions=listed([one.words for one in made.conditions])))
    if made.by_consent:
        words.append(_("Of them only those of whom there is a yes on the day to: {consent}.").format(consent=made.law))
    return " ".join(words)


def _selecting(made: OwnExport) -> Select:
    """Who is told: by ``decide``, as for every recipient; a protected pupil only once confirmed by name."""

    def select(desk: Desk, ask: Ask) -> Selection:
        recipient, rules = recipient_of(made), desk.settings.rules
        out_of_use = made.by_consent and not any(one.key == made.consent for one in resting.choices(desk))
        verdicts = _verdicts(desk, made.consent, ask.day) if made.by_consent and not out_of_use else {}
        among = lists.meeting(desk, made.conditions, ask.day)
        beside = _Beside.read(desk, made, ask.day)
        selection = Selection(single(tuple(Column(column.heading, column.item) for column in made.columns)))
        for case in cases.everyone(desk.vault, ask.day, desk.today):
            if case.pupil.id not in among:
                continue
            verdict = verdicts.get(case.pupil.id)
            worded = case.with_consent(made.consent, _OUT_OF_USE) if out_of_use else _with_word(case, made, verdict)
            decision = decide(worded, recipient, ask.day, rules)
            if decision is None:
                continue
            if decision.level is Level.NONE:
                selection.left_out.append(LeftOut(case.pupil, decision.reason, _("the consent is no longer in use") if out_of_use else _not_yes(verdict)))
            else:
                values = beside.values(case, ask.day)
                cells = tuple(values.get(column.item) if column.item in decision.items else None for column in made.columns)
                items = items_told(selection.sheets[0].columns, cells)
                told = Told(case.pupil, decision.level.value, decision.decided_by, decision.reason, items, (Row(cells),), tuple(case.protections))
                put(selection, told, ask)
        if made.order:
            place = [column.item for column in made.columns].index(made.order)
            selection.told.sort(key=lambda told: _place(told.rows[0].cells[place]))
        return selection

    return select


def _verdicts(desk: Desk, consent: str, day: date) -> Mapping[str, Verdict]:
    """How a consent stands of each pupil on a day, and where it is a yes then, as it stands today.

    What was withdrawn since is not sent under the word of an earlier day (UK GDPR, article 7(3)).
    """
    then = resting.verdicts(desk, consent, day)
    if day == desk.today:
        return then
    now = resting.verdicts(desk, consent, desk.today)
    return {pupil_id: now.get(pupil_id, verdict) if verdict.in_force else verdict for pupil_id, verdict in then.items()}


def _with_word(case: Case, made: OwnExport, verdict: Verdict | None) -> Case:
    if not made.by_consent or verdict is None:
        return case
    by = PUPIL if verdict.by == (PUPIL,) else PARENT if verdict.by else "rule"
    reason = verdict.reason if verdict.in_force else f"{_capital(_not_yes(verdict))}. {verdict.reason}"
    return case.with_consent(made.consent, ConsentWord(verdict.in_force, by, reason))


def _not_yes(verdict: Verdict | None) -> str:
    """Why there is no yes, in words that name nobody."""
    return resting.NOT_YES[verdict.standing if verdict is not None and not verdict.in_force else Standing.NOT_ASKED]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the pupils themselves, read once for all, and only what is asked for."""

    wanted: Sequence[str]
    families: Mapping[str, Sequence[Contact]]
    attended: Mapping[str, float]

    @classmethod
    def read(cls, desk: Desk, made: OwnExport, day: date) -> "_Beside":
        wanted = [column.item for column in made.columns]
        families = contacts.by_pupil(desk.vault) if any(path.startswith("contact.") for path in wanted) else {}
        return cls(wanted, families, lists.attendance(desk, day) if ATTENDANCE in wanted else {})

    def values(self, case: Case, day: date) -> dict[str, Cell]:
        """What is held of a pupil, by item, as it stands in the file."""
        pupil = case.pupil
        held = held_of(pupil, stay_on(case.enrolments, day), parent_told(self.families.get(pupil.id, ()), case.protections))
        found: dict[str, Cell] = {}
        for path in self.wanted:
            if path == ATTENDANCE:
                found[path] = Decimal(f"{self.attended[pupil.id]:.1f}") if pupil.id in self.attended else None
            else:
                found[path] = _cell(path, attrgetter(place_of(path))(held))
        return found


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
