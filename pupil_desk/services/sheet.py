"""All that is held on one pupil, every section, with its history: for the screen, for paper and for «show»."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents import pupil_sheet
from pupil_desk.documents.blocks import Block
from pupil_desk.domain.attachment import Attachment
from pupil_desk.domain.catalogue import RECORDS, item_at
from pupil_desk.domain.destination import Destination
from pupil_desk.domain.health import Disability, Dose, HealthItem, Medicine
from pupil_desk.domain.items import Item, Kind, items_of
from pupil_desk.domain.learning import Learning
from pupil_desk.domain.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.review import Held as HeldSaid
from pupil_desk.domain.review import ReportComment, TargetReview
from pupil_desk.domain.validation import show
from pupil_desk.services import assessments, attachment_links, attachments, note_readers, notes, pupils
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import Held
from pupil_desk.services.notice_text import label_of, record_word
from pupil_desk.services.register import sheet as register_sheet
from pupil_desk.services.roles import Action
from pupil_desk.store import (
    addresses,
    amendments,
    choices,
    contacts,
    ledger,
    letters,
    merging,
    mistaken,
    notices,
    protections,
    register,
    several,
    suspensions,
)
from pupil_desk.store import pupils as pupils_store
from pupil_desk.store import reviews as reviews_store
from pupil_desk.store.rows import kept
from pupil_desk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a section: each item's name, label, value as kept, and value in words.

    Before the day ``not_before`` a copy for the family leaves out what ``secret`` names.
    """

    facts: tuple[tuple[str, str, Any, str], ...]
    not_before: date | None = None
    secret: frozenset[str] = frozenset()

    def told_on(self, day: date) -> "Entry":
        """The record as a copy for the family made on a day tells it: what is not published yet is named, and not told."""
        if self.not_before is None or day >= self.not_before:
            return self
        words = _("Not told before {day}").format(day=show_date(self.not_before))
        return Entry(tuple((name, label, None, words) if name in self.secret else (name, label, value, said)
                           for name, label, value, said in self.facts))  # fmt: skip

    def as_kept(self) -> dict[str, Any]:
        """Names to values, for a file."""
        return {name: value for name, _label, value, _words in self.facts}


@dataclass(frozen=True, slots=True)
class SheetSection:
    """One section of the sheet; no entries means that nothing is held."""

    name: str
    title: str
    entries: tuple[Entry, ...]


def everything(desk: Desk, pupil_id: str, *, restricted: bool = True) -> list[SheetSection]:
    """Every section of one pupil, those with nothing in them too. That it was looked at is logged.

    What restricted notes say is told only to someone named to read them, and only where ``restricted`` asks for it; else their number.
    """
    record = pupils.record(desk, pupil_id)
    of = desk.vault
    names = {contact.id: contact.full_name for contact in record.contacts}
    return [
        SheetSection("pupil", _("Pupil"), _pupil(desk, record.pupil)),
        SheetSection("enrolments", _("Stays at the unit"), tuple(map(_entry, record.stays))),
        SheetSection("contacts", _("Family and other contacts"), (*map(_entry, record.contacts), *_contacts_merged(desk, record.pupil.id))),
        SheetSection("former_addresses", _("Earlier addresses"), tuple(map(_entry, addresses.of_pupil(of, pupil_id)))),
        *_needs_and_health(desk, pupil_id),
        SheetSection("attendance", _("Attendance register"), tuple(map(Entry, register_sheet.sheet_facts(of, pupil_id)))),
        SheetSection("timetables", _("Part-time timetables"), tuple(map(_entry, register.timetables_of(of, pupil_id)))),
        SheetSection("assessments", _("Assessments and results"), _assessments(desk, pupil_id)),
        SheetSection("target_reviews", _("Reviews of targets"), _reviews(desk, pupil_id)),
        SheetSection("report_comments", _("Comments in progress reports"), tuple(_said(reviews_store.of_pupil(of, ReportComment, pupil_id)))),
        *_suspensions(desk, pupil_id),
        SheetSection("learning", _("Learning after 14"), tuple(map(_entry, several.of_pupil(of, Learning, pupil_id)))),
        SheetSection("destinations", _("Where the pupil goes next"), tuple(map(_entry, several.of_pupil(of, Destination, pupil_id)))),
        SheetSection("notes", _("Notes"), _notes(notes.of_pupil(desk, pupil_id))),
        SheetSection("restricted_notes", _("Restricted notes"), _restricted(desk, pupil_id, told=restricted)),
        SheetSection("attachments", _("Papers kept"), _papers(desk, pupil_id)),
        SheetSection("protections", _("Protections"), _protections(protections.history(of, pupil_id), names)),
        SheetSection("choices", _("Sharing choices"), _choices(of, pupil_id)),
        SheetSection("notices", _("Privacy notices given"), _rows(notices.issues_of(of, pupil_id), "notice_issue")),
        SheetSection("letters", _("Letters sent"), _rows(letters.sent_of(of, pupil_id), "letter_sent")),
        SheetSection("disclosures", _("What was told to others"), _rows(ledger.disclosures_of(of, pupil_id), "")),
        SheetSection("history", _("What the record said before"), _history(amendments.of_pupil(of, pupil_id))),
    ]


def _pupil(desk: Desk, pupil: Pupil) -> tuple[Entry, ...]:
    """The pupil as the record kept says it, then as records that were merged with it do, and what was said of them, when and by whom."""
    entries = [_entry(pupil, ref=(_("Reference"), pupil.ref))]
    for other, kept_id in pupils_store.merged(desk.vault):
        if kept_id == pupil.id:
            entries.append(_entry(other, ref=(_("Reference of a record merged with this one"), other.ref)))
    said = (*_rows(merging.history(desk.vault, pupil.id), ""), *_rows(mistaken.history(desk.vault, pupil.id), ""))
    return (*entries, *said)


def _choices(of: Vault, pupil_id: str) -> tuple[Entry, ...]:
    """Every choice, those taken back too, of which it is said why."""
    back = {row["id"]: row["back_because"] for row in choices.recordings(of, pupil_id) if row["back_because"]}
    found = []
    for choice in choices.all_of_pupil(of, pupil_id):
        why = {"back_because": (_("Taken back, and counts no more, because"), back[choice.id])} if choice.id in back else {}
        found.append(_entry(choice, **why))
    return tuple(found)


def _contacts_merged(desk: Desk, pupil_id: str) -> tuple[Entry, ...]:
    names = {contact.id: contact.full_name for contact in contacts.of_pupil(desk.vault, pupil_id)}
    kept = {row["id"]: names.get(row["same_as"], "") for row in merging.contacts_merged(desk.vault, pupil_id)}
    merged = contacts.merged(desk.vault, pupil_id)
    return tuple(_entry(one, kept_as=(_("Merged with"), kept.get(one.id, ""))) for one in merged)


def _notes(found: Iterable[Held]) -> tuple[Entry, ...]:
    """Every wording, those that others have followed too, each with who wrote it and when."""
    entries = []
    for one in (wording for held in found for wording in held.wordings):
        facts = (*_entry(one.note).facts, ("at", _LABELS["at"], one.at, _words("at", one.at)), ("author", _("Author"), one.by, one.by))
        entries.append(Entry(facts))
    return tuple(entries)


def _restricted(desk: Desk, pupil_id: str, *, told: bool) -> tuple[Entry, ...]:
    """What they say to someone named for it; to anyone else that there are some, how many, and who is to add them."""
    number = notes.count_restricted(desk, pupil_id)
    if number and told and note_readers.may_read(desk):
        return _notes(notes.restricted(desk, pupil_id).held)
    words = _("{notes}, to be added by someone named to read them: {who}").format(
        notes=count_of(number, _("restricted note"), _("restricted notes")), who=note_readers.who_may_read(desk)
    )
    return (Entry((("number", _("On file"), number, words),)),) if number else ()


def _papers(desk: Desk, pupil_id: str) -> tuple[Entry, ...]:
    """What is known of each paper; the paper itself is no fact to be written down, and goes with the list as a copy."""
    found = attachments.of_pupil(desk, pupil_id)
    entries = attachment_links.entries(desk, pupil_id) if found else []
    return tuple(Entry((*_entry(paper).facts, *_of_file(paper, attachment_links.words_of(paper, entries)))) for paper in found)


def _of_file(paper: Attachment, about: str) -> list[tuple[str, str, Any, str]]:
    file = attachments.file_words(paper.media_type, paper.pages, paper.size)
    copy = _("The paper itself goes with this list")
    return [("about", _("Belongs to"), paper.about_id, about), ("file", _("File"), paper.digest, file), ("copy", _("Copy"), None, copy)]


def _needs_and_health(desk: Desk, pupil_id: str) -> list[SheetSection]:
    of = desk.vault
    named = {medicine.id: medicine.name for medicine in several.of_pupil(of, Medicine, pupil_id)}
    doses = tuple(
        _entry(dose, medicine=(_("Medicine"), named[dose.medicine_id]), **_righting(dose))
        for dose in several.of_pupil(of, Dose, pupil_id)
    )
    return [
        *(
            SheetSection(name, title, tuple(map(_entry, several.of_pupil(of, kind, pupil_id))))
            for kind, name, title in _NEEDS_AND_HEALTH
        ),
        SheetSection("doses", _("Doses given"), doses),
    ]


_NEEDS_AND_HEALTH: tuple[tuple[type, str, str], ...] = (
    (SenPeriod, "sen_periods", _("Special educational needs: provision")),
    (SenNeed, "sen_needs", _("Special educational needs: types of need")),
    (CarePeriod, "care_periods", _("Care, meals and premiums")),
    (HealthItem, "health_items", _("Conditions, allergies and dietary needs")),
    (Disability, "disabilities", _("Disabilities")),
    (Medicine, "medicines", _("Medicines")),
)


def _righting(dose: Dose) -> dict[str, tuple[str, Any]]:
    return {"entry": (_("Entry"), _("Puts an earlier entry right"))} if dose.corrects else {}


def _suspensions(desk: Desk, pupil_id: str) -> list[SheetSection]:
    of = desk.vault
    return [
        SheetSection("suspensions", _("Suspensions and exclusions"), _rows(suspensions.history(of, pupil_id), "suspension")),
        SheetSection("suspension_sessions", _("Sessions of suspensions"), _rows(suspensions.sessions_of(of, pupil_id), "suspension_session")),
        SheetSection("suspension_events", _("What became of suspensions"), _rows(suspensions.events_of(of, pupil_id), "suspension_event")),
    ]


def _assessments(desk: Desk, pupil_id: str) -> tuple[Entry, ...]:
    """Every entry, those that count no more too, each with how it stands; an exam result that is not published is marked."""
    found = []
    for entry in assessments.history(desk, pupil_id):
        first: dict[str, tuple[str, Any]] = {"standing": (_("How it stands"), entry.standing.value)}
        if entry.why:
            first["withdrawn_because"] = (_("Withdrawn because"), entry.why)
        facts = (*_entry(entry.record, **first).facts, ("at", _LABELS["at"], entry.at, _words("at", entry.at)),
                 ("recorded_by", _("Recorded by"), entry.by, entry.by))  # fmt: skip
        found.append(Entry(facts, entry.record.published_on, frozenset({"result"})))
    return tuple(found)


def _reviews(desk: Desk, pupil_id: str) -> tuple[Entry, ...]:
    """Every wording, each with the target that was looked at."""
    targets = {entry.record.id: entry.record for entry in assessments.history(desk, pupil_id)}
    of = {key: _("{what}: {result}").format(what=target.title, result=target.result) for key, target in targets.items()}
    return tuple(_said(reviews_store.of_pupil(desk.vault, TargetReview, pupil_id), of))


def _said(found: Iterable[HeldSaid[Any]], of: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """Wordings with who recorded each, and when; ``of`` is the words of each target."""
    for one in (wording for held in found for wording in held.wordings):
        first = {} if of is None else {"target": (_("Target"), of.get(one.record.assessment_id, ""))}
        facts = (*_entry(one.record, **first).facts, ("at", _LABELS["at"], one.at, _words("at", one.at)))
        yield Entry((*facts, ("recorded_by", _("Recorded by"), one.by, one.by)))


def _entry(record: Any, **first: tuple[str, Any]) -> Entry:
    facts = [(name, label, value, str(value)) for name, (label, value) in first.items()]
    for item in items_of(type(record)):
        value = getattr(record, item.name)
        facts.append((item.name, item.label, kept(value) if not isinstance(value, bool) else value, show(item, value)))
    return Entry(tuple(facts))


_LABELS = {
    "at": _("Recorded"), "set_by": _("Set by"), "lift_reason": _("Lifted because"), "lifted_at": _("Lifted"), "lifted_by": _("Lifted by"),
    "issued_by": _("Given by"), "number": _("Edition"), "made_on": _("Edition of"), "name": _("Export"), "recipient": _("Told to"),
    "law": _("On what law"), "purpose": _("What for"), "level": _("How much"), "decided_by": _("Decided by"), "reason": _("Why"),
    "fields": _("What was told"), "made_by": _("Sent by"), "kind": _("Kind"), "item": _("Item"), "old": _("Before"), "new": _("After"),
    "source": _("How"), "by": _("Changed by"),
    "what": _("What was said"), "said": _("What was said"), "record": _("Of the record"), "beside": _("And of the record"),
    "recorded_by": _("Recorded by"), "of": _("Of the suspension from"),
}  # fmt: skip
_MOMENTS = {"at", "lifted_at"}
_DAYS = {"made_on", "of"}
_OF_OURS = {
    ("said", "mistaken"): _("Entered by mistake"), ("said", "put back"): _("Put back"),
    ("what", "merged"): _("One person: merged"), ("what", "parted"): _("Parted again"), ("what", "apart"): _("Two people"),
    ("source", "form"): _("On the screen"), ("source", "import"): _("By an import"), ("source", "period"): _("A period began or ended"),
    ("source", "undo"): _("By undoing an earlier change"), ("source", "bulk"): _("By a change of several pupils"), ("source", "merge"): _("By merging two records"),
    ("decided_by", "rule"): _("The rule"),
    ("decided_by", "parent"): _("A parent"), ("decided_by", "pupil"): _("The pupil"),
}  # fmt: skip
_OURS = {"id", "contact_id", "edition_id", "record_id", "pupil_id", "decision", "suspension_id"}


def _protections(rows: Iterable[Any], names: Mapping[str, str]) -> tuple[Entry, ...]:
    """Each with whom it protects: the pupil, or a contact by name."""
    found = []
    for row, entry in zip(rows := list(rows), _rows(rows, "protection"), strict=True):
        who = names[row["contact_id"]] if row["contact_id"] else _("The pupil")
        found.append(Entry((("about", _("About"), who, who), *entry.facts)))
    return tuple(found)


def _rows(rows: Iterable[Any], record: str) -> tuple[Entry, ...]:
    return tuple(_row({name: row[name] for name in row.keys() if name not in _OURS}, record) for row in rows)  # noqa: SIM118


def _row(values: Mapping[str, Any], record: str) -> Entry:
    facts = []
    known = {item.name: item for item in items_of(RECORDS[record])} if record else {}
    for name, value in values.items():
        item = known.get(name)
        label = item.label if item and name not in _MOMENTS else _LABELS.get(name, name)
        facts.append((name, label, value, _words(name, value, item)))
    return Entry(tuple(facts))


def _words(name: str, value: Any, item: Item | None = None) -> str:
    """A kept value in words: by its item, where it is one, else by what the column is."""
    if value is None:
        return ""
    if name in _MOMENTS:
        moment = local_time(value)
        return _("{day}, {time}").format(day=show_date(moment.date()), time=moment.strftime("%H:%M"))
    if name in _DAYS or (item and item.kind is Kind.DATE):
        return show_date(date.fromisoformat(value))
    if item and item.kind is Kind.YES_NO:
        return show(item, str(value) == "1")
    if item and item.codes:
        return codelist(item.codes).label_of(value)
    if name == "level":
        return codelist("level").label_of(value)
    return _OF_OURS.get((name, value), str(value))


def _history(rows: Iterable[Any]) -> tuple[Entry, ...]:
    entries = []
    for row in rows:
        values = {name: row[name] for name in ("at", "item", "old", "new", "by", "source")}
        shown = _changed(row["kind"], row["item"], row["old"], row["new"])
        facts = [(name, _LABELS[name], value, shown.get(name, _words(name, value))) for name, value in values.items()]
        entries.append(Entry(tuple(facts)))
    return tuple(entries)


def _changed(kind: str, name: str, old: str | None, new: str | None) -> dict[str, str]:
    """What was changed, in words: an item with both its values, or the whole record, added or taken away."""
    if name == amendments.WHOLE:
        what = _("Taken away") if old == amendments.HELD else _("Added")
        what = f"{what}: {new}" if new else what
        return {"item": record_word(kind), "old": "", "new": what}
    path = f"{kind}.{name}"
    item = item_at(path)
    return {"item": label_of(path), "old": _words("old", old, item), "new": _words("new", new, item)}


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
    name = pupils.record(desk, pupil_id).pupil.legal_name
    made = _("{unit}. Printed on {day} by {user}.").format(
        unit=desk.settings.name, day=show_date(desk.today), user=desk.user.name
    )
    return pupil_sheet.story(name, parts, made), _("Pupil’s sheet")
