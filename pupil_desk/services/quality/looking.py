"""Holds every rule against every record, and gives what it finds as one list."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.notices.notice_editions import current_edition
from pupil_desk.services.quality.rule import Gap, Gravity, Need, PupilFile, QualityRule
from pupil_desk.services.quality.rules import gaps, read
from pupil_desk.services.roles import Action

PARTS = {
    "pupil": "details",
    "contact": "contacts",
    "enrolment": "stays",
    "timetable": "timetables",
    "sen_period": "needs",
    "sen_need": "needs",
    "care_period": "needs",
    "health_item": "health",
    "disability": "health",
    "health_none": "health",
    "medicine": "health",
    "accident": "accidents",
    "plan": "plans",
    "suspension": "suspensions",
    "assessment": "assessments",
    "exam_entry": "exams",
    "exam_arrangement": "exams",
    "learning": "learning",
    "destination": "destinations",
    "placement": "placements",
    "journey": "transport",
    "school_place": "school-places",
    "details_check": "checks",
    "attachment": "card",
}
"""In which part of a pupil's record page each kind of record is put right."""

PAGES = {"choice": "sharing", "notice_issue": "notices", "mark": "register", "incident": "incidents"}
"""Kinds that have a page of the window of their own."""
_ADDED = {
    "contact": _("A further contact"),
    "enrolment": _("A stay"),
    "suspension": _("A suspension"),
    "assessment": _("An assessment"),
    "destination": _("A destination"),
    "placement": _("A place elsewhere"),
    "choice": _("Sharing choice"),
    "incident": _("What is left to do"),
    "accident": _("What is left to do"),
    "plan": _("A plan, or a step of its review"),
    "notice_issue": _("Privacy notice"),
    "attachment": _("Photograph"),
    "health_none": _("What is known of health, or who said that there is nothing"),
}
_STEPS = 64  # pupils judged between two words of progress


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list: of whom, what is missing or contradicts and what to do, who needs it, and where it is put right.

    ``page`` is the page of the window; on the record page ``part`` names the part, ``kind`` and ``record_id`` the record
    (empty for one that is not on file yet), and ``item`` the field.
    """

    id: str
    pupil_id: str
    ref: str
    pupil: str
    rule: str
    title: str
    words: str
    needs: tuple[Need, ...]
    gravity: Gravity
    source: str
    page: str
    part: str
    kind: str
    record_id: str
    item: str

    @property
    def field(self) -> str:
        """Where it is put right, in words: the label of the field, or what is added."""
        if self.item and (self.kind == "pupil" or self.record_id):
            return item_named(RECORDS[self.kind], self.item).label
        return _ADDED[self.kind]


def findings(desk: Desk, progress: Progress = unwatched) -> list[Finding]:
    """Everything that the rules find, by pupil's name and in the order of the rules. ``progress`` is told now and then how far it is."""
    desk.require(Action.READ_RECORD)
    context, files = read(desk, lambda number: progress(number, 0, _("Reading the records")), edition_id=current_edition(desk).id)
    results: list[Finding] = []
    for number, file in enumerate(files):
        if number % _STEPS == 0:
            progress(number, 0, _("Checking the records"))
        results += [_finding(file, rule, gap) for rule, gap in gaps(file, context)]
    return results


def _finding(file: PupilFile, rule: QualityRule, gap: Gap) -> Finding:
    pupil = file.pupil
    return Finding(
        id=f"{pupil.id}|{rule.key}|{gap.record_id}|{gap.item}",
        pupil_id=pupil.id,
        ref=pupil.ref,
        pupil=pupil.surname_first,
        rule=rule.key,
        title=rule.title,
        words=gap.words,
        needs=rule.needs,
        gravity=rule.gravity,
        source=rule.source,
        page=PAGES.get(gap.kind, "pupils"),
        part=PARTS.get(gap.kind, ""),
        kind=gap.kind,
        record_id=gap.record_id,
        item=gap.item,
    )


def summary(findings: Sequence[Finding]) -> str:
    """«14 things to check in the records, 5 of which must be put right»; empty for none."""
    if not findings:
        return ""
    must = sum(finding.gravity is Gravity.MUST for finding in findings)
    things = count_of(len(findings), _("thing to check in the records"), _("things to check in the records"))
    return _("{all}, {must} of which must be put right").format(all=things, must=f"{must:,}") if must else things
