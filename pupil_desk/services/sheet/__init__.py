"""All that is held on one pupil, every section, with its history: for the screen, for paper and for «show»."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.care.health import Disability, Dose, HealthItem, Medicine, NothingKnown
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.learning.review import WordingHistory as HeldSaid
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.protection import whom_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended
from pupil_desk.domain.register.authority_returns import ENTRY
from pupil_desk.domain.requests.pack import PackBegun, PackMade
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.services.attachments import attachments, links
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.learning import assessments
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.notes.notes import NoteHistory
from pupil_desk.services.plans import seeing
from pupil_desk.services.pupils import not_taken, pupils
from pupil_desk.services.roles import Action, who_may
from pupil_desk.services.sheet import entries as pupil_sheet
from pupil_desk.services.sheet import exams, incidents_and_plans, learning, places, sent_letters, sharing
from pupil_desk.services.sheet.entries import BASE, LABELS, LYING, SheetEntry, SheetSection, in_words, of_history, of_record, of_rows
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import amendments, merging, mistaken, several
from pupil_desk.store.rows.rows import read, records_of
from pupil_desk.store.tables import (
    absence_steps,
    addresses,
    choices,
    consents,
    contacts,
    frozen,
    holds,
    leave_requests,
    ledger,
    notice_editions,
    notices,
    packs,
    protections,
    register,
    requests,
    returned,
    suspensions,
    wish_steps,
)
from pupil_desk.store.tables import pupils as pupils_store
from pupil_desk.store.tables import reviews as reviews_store

__all__ = [
    "BASE",
    "LYING",
    "Choice",
    "HeldSaid",
    "ReportComment",
    "SheetEntry",
    "SheetSection",
    "TargetReview",
    "WishStep",
    "assessments",
    "choices",
    "codelist",
    "consents",
    "everything",
    "paper",
    "read",
    "restricted_notes",
    "reviews_store",
    "wish_steps",
]


def everything(desk: Desk, pupil_id: str, *, restricted: bool = True) -> list[SheetSection]:
    """Every section of one pupil, those with nothing in them too. That it was looked at is logged.

    What restricted notes say is told only to someone named to read them, and only where ``restricted`` asks for it; else their number.
    """
    record, vault = pupils.record(desk, pupil_id), desk.vault
    names = {contact.id: contact.full_name for contact in record.contacts}
    sections = [
        SheetSection("pupil", _("Pupil"), _pupil(desk, record.pupil)),
        SheetSection("enrolments", _("Stays at the unit"), tuple(map(of_record, record.stays))),
        SheetSection(
            "contacts", _("Family and other contacts"), (*map(of_record, record.contacts), *_contacts_merged(desk, record.pupil.id))
        ),
        SheetSection("former_addresses", _("Earlier addresses"), tuple(_earlier_addresses(vault, pupil_id))),
        *_needs_and_health(desk, pupil_id),
        *_attendance(vault, pupil_id),
        SheetSection("schools_attended", _("Other schools"), _of_kind(vault, SchoolAttended, pupil_id)),
        SheetSection("attendance_totals", _("Attendance at other schools"), _of_kind(vault, AttendanceTotal, pupil_id)),
        *learning.sections(desk, pupil_id),
        *exams.sections(vault, pupil_id),
        *_suspensions(desk, pupil_id),
        *incidents_and_plans.sections(desk, pupil_id),
        *places.sections(vault, pupil_id),
        SheetSection("learning", _("Learning after 14"), _of_kind(vault, Learning, pupil_id)),
        SheetSection("destinations", _("Where the pupil goes next"), _of_kind(vault, Destination, pupil_id)),
        SheetSection("notes", _("Notes"), tuple(_notes(notes.of_pupil(desk, pupil_id)))),
        SheetSection("restricted_notes", _("Restricted notes"), _restricted(desk, pupil_id, includes_text=restricted)),
        SheetSection("attachments", _("Papers kept"), _papers(desk, pupil_id)),
        SheetSection("not_taken", _("In files read in, and not taken"), tuple(map(of_record, not_taken.of_pupil(desk, pupil_id)))),
        SheetSection("protections", _("Protections"), tuple(_protections(protections.history(vault, pupil_id), names))),
        *sharing.sections(vault, pupil_id),
        SheetSection("notices", _("Privacy notices given"), of_rows(notices.issues_of(vault, pupil_id), "notice_issue")),
        SheetSection(
            "acknowledgements",
            _("Who said that they have the privacy notice"),
            of_rows(notice_editions.acknowledgements_of(vault, pupil_id), "notice_acknowledgement"),
        ),
        SheetSection("details_checks", _("Who looked at what is held, and what they said"), _of_kind(vault, DetailsCheck, pupil_id)),
        SheetSection("letters", _("Letters sent"), sent_letters.of_families(vault, pupil_id)),
        SheetSection("forms", _("Forms printed, and what came of them"), sharing.forms(vault, pupil_id)),
        *_requests(desk, pupil_id),
        SheetSection("disclosures", _("What was told to others"), _disclosures(desk, pupil_id)),
        SheetSection("frozen", _("In which exports"), _frozen(desk, pupil_id)),
        SheetSection("returns", _("Returns to the authority"), tuple(_returns(vault, pupil_id))),
        SheetSection("packs", _("Copies begun and made"), _packs(vault, pupil_id)),
        SheetSection("holds", _("Holds on deletion"), of_rows(holds.of_pupil(vault, pupil_id), "legal_hold")),
        SheetSection("history", _("What the record said before"), of_history(amendments.of_pupil(vault, pupil_id))),
    ]
    return [section.schools_named(desk.settings.told_schools) for section in sections]


def _attendance(vault: Vault, pupil_id: str) -> tuple[SheetSection, ...]:
    return (
        SheetSection("attendance", _("Attendance register"), tuple(map(SheetEntry, learning.sheet_facts(vault, pupil_id)))),
        SheetSection("timetables", _("Part-time timetables"), tuple(map(of_record, register.timetables_of(vault, pupil_id)))),
        SheetSection("absence_steps", _("What was done about absence"), of_rows(absence_steps.history(vault, pupil_id), "absence_step")),
        SheetSection("leave_requests", _("Leave asked for"), of_rows(leave_requests.history(vault, pupil_id), "leave_request")),
    )


def _of_kind(vault: Vault, record_type: type, pupil_id: str) -> tuple[SheetEntry, ...]:
    return tuple(map(of_record, several.of_pupil(vault, record_type, pupil_id)))


def _pupil(desk: Desk, pupil: Pupil) -> tuple[SheetEntry, ...]:
    """The pupil as the record kept says it, then as records that were merged with it do, and what was said of them, when and by whom."""
    entries = [of_record(pupil, ref=(_("Reference"), pupil.ref))]
    for merged_pupil, kept_id in pupils_store.merged(desk.vault):
        if kept_id == pupil.id:
            entries.append(of_record(merged_pupil, ref=(_("Reference of a record merged with this one"), merged_pupil.ref)))
    statements = (*of_rows(merging.history(desk.vault, pupil.id), ""), *of_rows(mistaken.history(desk.vault, pupil.id), ""))
    return (*entries, *statements)


def _returns(vault: Vault, pupil_id: str) -> Iterator[SheetEntry]:
    """The returns to the authority that told of a stay, each with the days that it told of."""
    labels = {"start_date": item_at("enrolment.start_date").label, "end_date": item_at("enrolment.end_date").label}
    for row in returned.of_pupil(vault, pupil_id):
        days = [(name, label, row[name], show_date(date.fromisoformat(row[name])) if row[name] else "") for name, label in labels.items()]
        event_words = _("Came on the register") if row["what"] == ENTRY else _("Taken off the register")
        yield SheetEntry(
            (
                ("what", _("Told to the authority"), row["what"], event_words),
                *days,
                ("at", LABELS["at"], row["at"], in_words("at", row["at"])),
            )
        )


def _contacts_merged(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    names = {contact.id: contact.full_name for contact in contacts.of_pupil(desk.vault, pupil_id)}
    kept_names = {row["id"]: names.get(row["same_as"], "") for row in merging.contacts_merged(desk.vault, pupil_id)}
    merged = contacts.merged(desk.vault, pupil_id)
    return tuple(of_record(contact, kept_as=(_("Merged with"), kept_names.get(contact.id, ""))) for contact in merged)


def _notes(histories: Iterable[NoteHistory]) -> Iterator[SheetEntry]:
    """Every wording, those that others have followed too, each with who wrote it and when."""
    for wording in (wording for history in histories for wording in history.wordings):
        facts = (
            *of_record(wording.note).facts,
            ("at", LABELS["at"], wording.at, in_words("at", wording.at)),
            ("author", _("Author"), wording.by, wording.by),
        )
        yield SheetEntry(facts)


def _earlier_addresses(vault: Vault, pupil_id: str) -> Iterator[SheetEntry]:
    yield from map(of_record, addresses.of_pupil(vault, pupil_id))
    for address, reason in addresses.taken_back(vault, pupil_id):
        yield of_record(address, back_because=(LABELS["back_because"], reason))


def _restricted(desk: Desk, pupil_id: str, *, includes_text: bool) -> tuple[SheetEntry, ...]:
    """What they say to someone named for it; to anyone else that there are some, how many, and who is to add them."""
    number = notes.count_restricted(desk, pupil_id)
    if number and includes_text and readers.may_read(desk):
        return tuple(_notes(notes.restricted(desk, pupil_id).histories))
    words = _("{notes}, to be added by someone named to read them: {who}").format(
        notes=count_of(number, _("restricted note"), _("restricted notes")), who=readers.who_may_read(desk)
    )
    return (SheetEntry((("number", _("On file"), number, words),)),) if number else ()


def restricted_notes(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every wording of a pupil's restricted notes that the person at the desk may see; that they were read is logged."""
    return tuple(_notes(notes.restricted(desk, pupil_id).histories))


def _disclosures(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    """What was told to others: an export by its title, and the items by their names; nothing of a plan that is not shown to who is at the desk."""
    rows, titles = seeing.told_seen(desk, ledger.disclosures_of(desk.vault, pupil_id), title_column="name"), told.titles(desk)
    return tuple(
        entry.worded(
            name=titles.get(row["name"], row["name"]),
            purpose=capital(row["purpose"] or ""),
            fields="; ".join(told.in_words(row["fields"], row["name"])),
        )
        for row, entry in zip(rows, of_rows(rows, "", without=("told_to", "of_event")), strict=True)
    )


def _frozen(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    titles = told.titles(desk)
    return tuple(
        entry.worded(name=titles.get(row["name"], row["name"]), reason=capital(row["reason"] or ""))
        for row in frozen.of_pupil(desk.vault, pupil_id)
        for entry in of_rows([row], "")
    )


def _packs(vault: Vault, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every copy that was begun, then every one that was made. What was withheld from one is kept, and told in none."""
    packs_begun, packs_made = records_of(PackBegun, packs.of_pupil(vault, pupil_id)), records_of(PackMade, packs.made_of(vault, pupil_id))
    entries_begun = (
        of_record(pack) if pack.case_id else of_record(pack).labelled(asker=_("For whom a copy was begun"))
        for pack in reversed(packs_begun)
    )
    return (*entries_begun, *map(of_record, packs_made))


def _papers(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    """What is known of each paper; the paper itself is no fact to be written down: whether it goes along is decided of each copy."""
    papers = attachments.of_pupil(desk, pupil_id)
    entries = links.entries(desk, pupil_id) if papers else []
    return tuple(SheetEntry((*of_record(paper).facts, *_of_file(paper, links.words_of(paper, entries)))) for paper in papers)


def _of_file(paper: Attachment, belongs_to: str) -> list[tuple[str, str, Any, str]]:
    file = attachments.file_words(paper.media_type, paper.pages, paper.size)
    return [("about", _("Belongs to"), paper.about_id, belongs_to), ("file", _("File"), paper.digest, file)]


def _needs_and_health(desk: Desk, pupil_id: str) -> list[SheetSection]:
    vault = desk.vault
    medicine_names = {medicine.id: medicine.name for medicine in several.of_pupil(vault, Medicine, pupil_id)}
    doses = tuple(
        of_record(dose, medicine=(_("Medicine"), medicine_names[dose.medicine_id]), **_righting(dose))
        for dose in several.of_pupil(vault, Dose, pupil_id)
    )
    return [
        *(SheetSection(name, title, _of_kind(vault, kind, pupil_id)) for kind, name, title in _NEEDS_AND_HEALTH),
        SheetSection("doses", _("Doses given"), doses),
    ]


_NEEDS_AND_HEALTH: tuple[tuple[type, str, str], ...] = (
    (SenPeriod, "sen_periods", _("Special educational needs: provision")),
    (SenNeed, "sen_needs", _("Special educational needs: types of need")),
    (CarePeriod, "care_periods", _("Care, meals and premiums")),
    (HealthItem, "health_items", _("Conditions, allergies and dietary needs")),
    (Disability, "disabilities", _("Disabilities")),
    (NothingKnown, "health_none", _("Who said that nothing is known of health")),
    (Medicine, "medicines", _("Medicines")),
)


def _righting(dose: Dose) -> dict[str, tuple[str, Any]]:
    return {"entry": (_("Entry"), _("Puts an earlier entry right"))} if dose.corrects else {}


def _suspensions(desk: Desk, pupil_id: str) -> list[SheetSection]:
    vault = desk.vault
    return [
        SheetSection("suspensions", _("Suspensions and exclusions"), of_rows(suspensions.history(vault, pupil_id), "suspension")),
        SheetSection(
            "suspension_sessions", _("Sessions of suspensions"), of_rows(suspensions.sessions_of(vault, pupil_id), "suspension_session")
        ),
        SheetSection(
            "suspension_events", _("What became of suspensions"), of_rows(suspensions.events_of(vault, pupil_id), "suspension_event")
        ),
    ]


def _requests(desk: Desk, pupil_id: str) -> list[SheetSection]:
    """Requests and complaints to who may read them; to anyone else how many there are."""
    vault = desk.vault
    if not desk.may(Action.READ_REQUESTS):
        return [_number_alone(name, title, len(read(vault, pupil_id))) for name, title, _kind, read in _OF_REQUESTS]
    return [
        SheetSection(
            name, title, sent_letters.of_requests(vault, pupil_id) if kind == "request_letter" else of_rows(read(vault, pupil_id), kind)
        )
        for name, title, kind, read in _OF_REQUESTS
    ]


_OF_REQUESTS: tuple[tuple[str, str, str, Callable[[Vault, str], list[Row]]], ...] = (
    ("requests", _("Requests and complaints about data"), "request_case", requests.told_cases),
    ("request_events", _("What was done about requests"), "request_event", requests.told_events),
    ("request_letters", _("Letters about requests"), "request_letter", requests.told_letters),
)


def _number_alone(name: str, title: str, number: int) -> SheetSection:
    words = _("{number}, read by: {who}").format(number=count_of(number, _("entry"), _("entries")), who=who_may(Action.READ_REQUESTS))
    return SheetSection(name, title, (SheetEntry((("number", _("On file"), number, words),)),) if number else ())


def _protections(rows: Iterable[Any], names: Mapping[str, str]) -> Iterator[SheetEntry]:
    """Each with whom it is about."""
    for row, entry in zip(rows := list(rows), of_rows(rows, "protection"), strict=True):
        whom = whom_of(row["kind"], names[row["contact_id"]] if row["contact_id"] else "")
        yield SheetEntry((("about", _("About"), whom, whom), *entry.facts))


def paper(desk: Desk, pupil_id: str) -> tuple[list[Block], str]:
    """The sheet as a story, and its title; printing it is logged."""
    sections = everything(desk, pupil_id)
    with desk.act(Action.READ_RECORD, "pupil", pupil_id, "sheet printed"):
        parts = [
            pupil_sheet.SheetPart(
                section.title,
                [[(label, words) for _n, label, _v, words in entry.told_on(desk.today).facts] for entry in section.entries],
                in_rows=section.name in ("history", "attendance"),
            )
            for section in sections
        ]
    pupil = pupils.record(desk, pupil_id).pupil
    name = named_with_boxes(pupil.legal_name, pupil.ref)
    printed_words = _("{unit}. Printed on {day} by {user}.").format(unit=desk.settings.name, day=show_date(desk.today), user=desk.user.name)
    return pupil_sheet.pupil_sheet(name, parts, printed_words), _("Pupil’s sheet")
