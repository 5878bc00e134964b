"""The contact sheet of a day: everyone who attends, guests too, and whom to call about each; for a fire drill and for first aid.

Only what those need: no address. A contact whom an order or restriction names is never on it; of health it says no more than that
there is something to know, which stands on the first-aid card, or that nothing is recorded. Office staff may make it.

A protected pupil is left out of the tables unless confirmed by name, as of every export. The paper is for a roll-call, and a fire warden who is
one short sends nobody back in: there the pupil stands by name, without birthday, number or contact (``domain.pupils.protection``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.documents.papers.contact_sheet import OnSheet
from pupil_desk.domain.care.health import HealthAnswer, HealthStanding
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import GUEST, Enrolment
from pupil_desk.domain.pupils.protection import ORDER, RULES, PaperKind, PaperVisibility, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import ON_SITE
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.health import SAY_SOMETHING, something_known
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.contents import shown
from pupil_desk.services.exports.export import (
    Ask,
    Export,
    ExportColumn,
    ExportedPupil,
    ExportRow,
    Format,
    NewFile,
    Option,
    Problem,
    Selection,
    Writing,
    single,
)
from pupil_desk.services.exports.layouts import TABLE, cells_of_people, columns_of, items_told, of_people
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.services.guard import guard
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, enrolments, protections, pupils

_NAMES = ("surname", "forename", "preferred_surname", "preferred_forename")
_OF_PUPIL = (*(f"pupil.{name}" for name in _NAMES), "pupil.dob", "pupil.year_group", "enrolment.status")
_HEADINGS = {"enrolment.status": "enrolment_status"}
_CALL = tuple(f"contact.{name}" for name in ("title", "forename", "surname", "relationship", "mobile", "phone"))
_FEWEST = 2  # contacts, so that the columns stay the same for most files


def attends(stay: Enrolment, day: date) -> bool:
    """Whether a stay brings the pupil here on a day: on the roll, or as a guest."""
    return stay.is_taught_here and stay.spans(day, day)


def _select(desk: Desk, ask: Ask) -> Selection:
    vault, day = desk.vault, ask.day
    stays, people, protections_by_pupil = (
        enrolments.by_pupil(vault, ask.pupils),
        contacts.by_pupil(vault, ask.pupils),
        protections.by_pupil(vault, day, desk.today),
    )
    health_items_of = something_known(vault, ask.pupils)
    attending = [(pupil, stay) for pupil in pupils.all_pupils(vault, ask.pupils) if (stay := _stay(stays[pupil.id], day)) is not None]
    calls = {pupil.id: _to_call(people[pupil.id], protections_by_pupil[pupil.id]) for pupil, _stay_here in attending}
    contact_count = max([_FEWEST, *map(len, calls.values())])
    columns = (
        *columns_of(_OF_PUPIL, _HEADINGS),
        ExportColumn("medical", "pupil.medical"),
        *of_people("contact", _CALL, contact_count),
        ExportColumn("ask_office", "protection.kind"),
    )
    selection, on_paper = Selection(single(columns)), ask.format in (None, Format.PDF)
    for pupil, stay in attending:
        health = health_items_of(pupil, day)
        cells = (
            *(_names_on_sheet(pupil) if on_paper else (getattr(pupil, name) for name in _NAMES)),
            *(pupil.dob, pupil.year_group, stay.status if stay.status == GUEST or not on_paper else None),
            bool(health) or None,
            *cells_of_people(calls[pupil.id], pupil, _CALL, contact_count),
            any(protection.kind == ORDER for protection in protections_by_pupil[pupil.id]) or None,
        )
        items = items_told(columns, cells, health)
        reason = _("A guest here that day.") if stay.status == GUEST else _("On roll that day.")
        add_unless_protected(
            selection, ExportedPupil(pupil, reason, items, (ExportRow(cells),), protections=tuple(protections_by_pupil[pupil.id])), ask
        )
    if on_paper:
        assert RULES[PaperKind.CONTACT_SHEET].shown is PaperVisibility.NAME_ALONE, "what is left out of the tables stands here by name"
        selection.left_out[:] = [
            replace(left, receipt_reason=_("protected: all but the name"), items_named=_items_named(left.pupil))
            for left in selection.left_out
        ]
        selection.problems.extend(_not_in_our_fonts(selection))
    return selection


def _names_on_sheet(pupil: Pupil) -> list[str | None]:
    """The values of ``_NAMES``, but of a legal name in place of which a preferred one stands."""
    is_used = {"surname": not pupil.preferred_surname, "forename": not pupil.preferred_forename}
    return [getattr(pupil, name) if is_used.get(name, True) else None for name in _NAMES]


def _items_named(pupil: Pupil) -> tuple[str, ...]:
    """The items of a pupil who is on the sheet by name alone."""
    return tuple(f"pupil.{name}" for name, value in zip(_NAMES, _names_on_sheet(pupil), strict=True) if value)


def _stay(stays: Sequence[Enrolment], day: date) -> Enrolment | None:
    """The stay that brings the pupil here; of several one on the roll before a guest's."""
    return next(iter(sorted((stay for stay in stays if attends(stay, day)), key=lambda stay: stay.status == GUEST)), None)


def _to_call(people: Sequence[Contact], pupil_protections: Sequence[Protection]) -> list[Contact]:
    """Those with a number, in order; nobody whom an order or restriction names."""
    barred = {protection.contact_id for protection in pupil_protections if protection.kind == ORDER}
    return [person for person in people if person.id not in barred and (person.phone or person.mobile)]


def _pdf(writing: Writing) -> list[NewFile]:
    from pupil_desk.documents.papers import contact_sheet as paper
    from pupil_desk.documents.pdf.page import build_pdf

    selection = writing.selection
    if not selection.exported and not selection.left_out:
        return []
    headings = [column.heading for column in selection.sheets[0].columns]
    footer = _("{unit}. Made on {day} by {user}.").format(
        unit=writing.desk.settings.name, day=show_date(writing.moment.astimezone().date()), user=writing.desk.user.name
    )
    answers = health_answers.answers(writing.desk.vault, {exported.pupil.id for exported in selection.exported})
    on_sheet = [
        (
            exported.pupil,
            _on_sheet(
                dict(zip(headings, exported.rows[0].cells, strict=True)), exported.pupil.ref, answers(exported.pupil, writing.ask.day)
            ),
        )
        for exported in selection.exported
    ]
    on_sheet += [(left.pupil, _by_name(left.pupil)) for left in selection.left_out]
    order = {pupil.id: place for place, pupil in enumerate(pupils.some(writing.desk.vault, [pupil.id for pupil, _line in on_sheet]))}
    lines = [line for _pupil, line in sorted(on_sheet, key=lambda entry: order[entry[0].id])]
    story = paper.story(show_date(writing.ask.day), lines, len(selection.left_out))
    guarded = guard(writing.desk, {pupil.id for pupil, _line in on_sheet}, writing.export.name)
    data = build_pdf(
        story,
        title=_("Contact sheet"),
        footer=footer,
        page_size=paper.LYING,
        base_size=paper.BASE,
        stamp=guarded.stamp,
        box_unprintable=True,
    )
    return [NewFile(f"{writing.stem}.pdf", data, tables=(shown(selection),))]


def _not_in_our_fonts(selection: Selection) -> Iterator[Problem]:
    """Whose names have letters that no font has: they stand on the paper as boxes, for a fire drill does not wait."""
    from pupil_desk.documents.typography.fonts import signs_missing

    for exported in selection.exported:
        texts = {
            column.heading: cell
            for column, cell in zip(selection.sheets[0].columns, exported.rows[0].cells, strict=True)
            if isinstance(cell, str)
        }
        for heading, text in texts.items():
            is_shown = f"preferred_{heading}" not in texts  # which stands on the sheet in place of the legal name
            if is_shown and (signs := signs_missing([text])):
                words = _("No font here has these characters: {signs}. The sheet shows boxes instead. Add the spelling in Latin letters.")
                item = "contact.surname" if heading.startswith("contact_") else f"pupil.preferred_{heading.removeprefix('preferred_')}"
                yield Problem(exported.pupil, item, words.format(signs=signs))
                break


def _by_name(pupil: Pupil) -> OnSheet:
    """A protected pupil's row: who it is, and nothing else."""
    from pupil_desk.documents.typography.fonts import named_with_boxes

    name = named_with_boxes(f"{pupil.preferred_surname or pupil.surname}, {pupil.preferred_forename or pupil.forename}", pupil.ref)
    return OnSheet(name=name, year="", born="", heed="", calls=[], is_withheld=True)


def _on_sheet(cells: Mapping[str, Cell], ref: str, health: HealthAnswer) -> OnSheet:
    """A pupil's row as the paper shows it."""
    from pupil_desk.documents.typography.fonts import named_with_boxes, with_boxes

    born = cells["dob"]
    words = [
        _("a guest") if cells["enrolment_status"] == GUEST else "",
        _health(health),
        _("ask the office before you tell anyone else") if cells["ask_office"] else "",
    ]
    return OnSheet(
        name=named_with_boxes(f"{cells['preferred_surname'] or cells['surname']}, {cells['preferred_forename'] or cells['forename']}", ref),
        year=str(cells["year_group"] or ""),
        born=short_date(born) if isinstance(born, date) else "",
        heed="; ".join(filter(None, words)),
        calls=[with_boxes(call) for call in _calls(cells)],
    )


def _health(answer: HealthAnswer) -> str:
    """That there is something to know, or that nobody has said; nothing where somebody has said that there is nothing."""
    if answer.held:
        return _("health: see the first-aid card")
    return "" if answer.standing is HealthStanding.NONE_SAID else _("health: not recorded")


def _calls(cells: Mapping[str, Cell]) -> Iterator[str]:
    """Each one to call: name, relationship and numbers, which do not break."""
    number = 1
    while f"contact_{number}_surname" in cells:
        contact_cells = {
            item: cells[f"contact_{number}_{item}"] for item in ("title", "forename", "surname", "relationship", "mobile", "phone")
        }
        if contact_cells["surname"]:
            name = " ".join(str(contact_cells[part]) for part in ("title", "forename", "surname") if contact_cells[part])
            relation = codelist("relationship").label_of(str(contact_cells["relationship"])).lower()
            numbers = " / ".join(
                str(contact_cells[kind]).replace(" ", "\N{NO-BREAK SPACE}") for kind in ("mobile", "phone") if contact_cells[kind]
            )
            yield f"{name}, {relation}: {numbers}"
        number += 1


CONTACT_SHEET = Export(
    name="contact-sheet",
    title=_("Contact sheet of the day"),
    recipient_key=ON_SITE,
    law=_("UK GDPR Article 6(1)(e), public task; in an emergency Article 6(1)(d), vital interests"),
    basis=Basis.PUBLIC_TASK,
    purpose=_("To know who is here, and whom to call, in a fire drill or when somebody is hurt or ill."),
    items=tuple(dict.fromkeys((*_OF_PUPIL, *SAY_SOMETHING, *_CALL, "protection.kind"))),
    covers=_(
        "Everyone who attends on the day: pupils on roll, and guests. Pupils of a college or other provider are not here. "
        "A table may not name everyone: for a roll-call use the printed sheet."
    ),
    select=_select,
    layouts={Format.PDF: _pdf, **TABLE},
    action=Action.CONTACT_SHEET,
    options=frozenset({Option.PUPILS}),
    flags=frozenset(SAY_SOMETHING),
)
