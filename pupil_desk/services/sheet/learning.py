"""What a pupil's sheet tells of assessments, reviews of targets and the comments of progress reports: every wording, with who recorded it.

The register on a pupil's sheet: every entry of every session, the original and what amended it, with when and by whom.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.review import ReportComment, TargetReview, WordingHistory
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import assessments
from pupil_desk.services.sheet.entries import LABELS, SheetEntry, SheetSection, in_words, of_record
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import enrolments, reviews
from pupil_desk.store.tables import register as store


def sections(desk: Desk, pupil_id: str) -> list[SheetSection]:
    """Results, reviews of targets, and comments."""
    comments = reviews.of_pupil(desk.vault, ReportComment, pupil_id)
    return [
        SheetSection("assessments", _("Assessments and results"), tuple(_assessments(desk, pupil_id))),
        SheetSection("target_reviews", _("Reviews of targets"), _reviews(desk, pupil_id)),
        SheetSection("report_comments", _("Comments in progress reports"), tuple(_wordings(comments))),
    ]


def _assessments(desk: Desk, pupil_id: str) -> Iterator[SheetEntry]:
    """Every entry, those that count no more too, each with how it stands; an exam result that is not published is marked."""
    for entry in assessments.history(desk, pupil_id):
        first: dict[str, tuple[str, Any]] = {"standing": (_("How it stands"), entry.standing.value)}
        if entry.withdrawal_reason:
            first["withdrawn_because"] = (_("Withdrawn because"), entry.withdrawal_reason)
        worded = of_record(entry.record, **first).worded(subject=entry.record.subject_label, component=entry.record.component_label)
        facts = (
            *worded.facts,
            ("at", LABELS["at"], entry.recorded_at, in_words("at", entry.recorded_at)),
            ("recorded_by", _("Recorded by"), entry.recorded_by, entry.recorded_by),
        )
        yield SheetEntry(facts, entry.record.published_on, frozenset({"result"}))


def _reviews(desk: Desk, pupil_id: str) -> tuple[SheetEntry, ...]:
    """Every wording, each with the target that was looked at."""
    targets = {entry.record.id: entry.record for entry in assessments.history(desk, pupil_id)}
    target_words = {key: _("{what}: {result}").format(what=target.title, result=target.result) for key, target in targets.items()}
    return tuple(_wordings(reviews.of_pupil(desk.vault, TargetReview, pupil_id), target_words))


def _wordings(held_records: Iterable[WordingHistory[Any]], target_words: Mapping[str, str] | None = None) -> Iterator[SheetEntry]:
    """Wordings with who recorded each, and when; ``target_words`` is the words of each target."""
    for wording in (wording for held_record in held_records for wording in held_record.wordings):
        first = {} if target_words is None else {"target": (_("Target"), target_words.get(wording.record.assessment_id, ""))}
        facts = (*of_record(wording.record, **first).facts, ("at", LABELS["at"], wording.at, in_words("at", wording.at)))
        yield SheetEntry((*facts, ("recorded_by", _("Recorded by"), wording.by, wording.by)))


type Fact = tuple[str, str, Any, str]


def sheet_facts(vault: Vault, pupil_id: str) -> list[tuple[Fact, ...]]:
    """Each entry as facts: name, label, value as kept, value in words."""
    stays = [stay for stay in enrolments.of_pupil(vault, pupil_id) if stay.is_taught_here]
    return [_facts(row, stays) for row in store.entries(vault, pupil_id, date.min, date.max, of_every_record=True)]


def _facts(row: Any, stays: Sequence[Enrolment]) -> tuple[Fact, ...]:
    minutes, note = row["minutes_late"], row["note"]
    moment = local_time(row["at"])
    recorded_at = _("{day}, {time}").format(day=short_date(moment.date()), time=moment.strftime("%H:%M"))
    day = date.fromisoformat(row["day"])
    ahead = _("Planned")
    if not any(stay.spans(day, day) for stay in stays):
        ahead = _("Planned; on no register, since the pupil was not here that day, so it does not count")
    return (
        ("day", _("Date"), row["day"], short_date(day)),
        ("session", _("Session"), row["session"], codelist("session").label_of(row["session"])),
        ("code", _("Attendance code"), row["code"], _code(row["code"])),
        ("minutes_late", _("Minutes late"), minutes, "" if minutes is None else str(minutes)),
        ("note", _("Note"), note, note or ""),
        ("planned", _("Ahead"), bool(row["planned"]), ahead if row["planned"] else ""),
        ("reason", _("Changed because"), row["reason"] or None, row["reason"]),
        ("at", _("Recorded"), row["at"], recorded_at),
        ("by", _("Recorded by"), f"{row['name']}, {row['title']}", f"{row['name']}, {row['title']}"),
    )


def _code(code: str) -> str:
    """A code with what it means; an entry without one took the mark back."""
    return f"{code} {codelist(CODES).label_of(code)}" if code else _("No mark: it was taken back")
