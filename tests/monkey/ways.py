"""Of each table of the file, how a row that somebody recorded is taken back or corrected; or why it stays, as a proof of an act does.

``WAYS`` stands in the order in which they are gone: what hangs on another goes before it. A table that is in neither list fails the run.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import bin as bins
from pupil_desk.services import further, records
from pupil_desk.services.attachments import attachments
from pupil_desk.services.changes.checking import objections
from pupil_desk.services.demo.unit import USERS
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import mistaken
from pupil_desk.store.rows.rows import record_of
from tests.monkey import ways_pupil, ways_unit
from tests.monkey.ways_pupil import REASON, Was

type Way = Callable[[Desk, Row, Was], object]

WAYS: Mapping[str, Way] = {
    "import_made": ways_unit.imported,
    "scan_page": ways_unit.scan_page,
    "note": ways_pupil.note,
    "restricted_note": ways_pupil.restricted_note,
    "target_review": ways_pupil.target_review,
    "report_comment": ways_pupil.report_comment,
    "assessment": ways_pupil.assessment,
    "dose": ways_pupil.dose,
    "choice": ways_pupil.choice,
    "wish_step": ways_pupil.wish_step,
    "consent_event": ways_pupil.consent_event,
    "consent_competence": ways_pupil.competence,
    "consent_invitation": ways_unit.invitation,
    "consent_occasion": ways_unit.occasion,
    "consent_type": ways_unit.consent_type,
    "notice_acknowledgement": ways_pupil.acknowledgement,
    "notice_issue": ways_pupil.notice_given,
    "disclosure": ways_pupil.disclosure,
    "absence_step": ways_pupil.absence_step,
    "leave_request": ways_pupil.leave_request,
    "plan_step": ways_pupil.plan_step,
    "plan": ways_pupil.plan,
    "incident_event": ways_pupil.incident_event,
    "incident": ways_pupil.incident,
    "suspension_event": ways_pupil.suspension_event,
    "suspension": ways_pupil.suspension,
    "mark": ways_pupil.mark,
    "mark_amendment": ways_pupil.mark,
    "pack": ways_unit.pack,
    "request_event": ways_unit.request_event,
    "request_case": ways_unit.request_case,
    "search_place": ways_unit.search_place,
    "protection": ways_pupil.protection,
    "erasure_step": ways_unit.erasure,
    "legal_hold": ways_pupil.hold,
    "breach_event": ways_unit.breach,
    "merging": ways_pupil.merged,
    "pupil_mistaken": ways_pupil.entered_by_mistake,
    "paper_form_step": ways_unit.form_step,
    "paper_form": ways_unit.form,
    "own_export": ways_unit.own_export,
    "letter_template": ways_unit.letter_template,
    "paper_translation": ways_unit.paper_translation,
    "notice_draft": ways_unit.notice_draft,
    "notice_prose": ways_unit.notice_prose,
    "scale": ways_unit.scale,
    "retention_rule": ways_unit.retention,
    "rule_pack": ways_unit.rule_pack,
    "safeguarding_paper": ways_pupil.safeguarding_paper,
    "safeguarding_entry": ways_pupil.safeguarding_entry,
    "school_password": ways_unit.school_password,
    "school": ways_unit.school,
    "provider_check": ways_unit.provider_check,
    "provider": ways_unit.provider,
    "route": ways_unit.route,
    "settings": ways_unit.settings,
    "term": ways_unit.terms,
    "closure": ways_unit.closures,
    "restricted_reader": ways_unit.reader,
    "staff": ways_unit.member,
    "list_filter": ways_unit.list_filter,
}

LATER: Mapping[str, Way] = {"former_address": ways_pupil.former_address}
"""Looked at once what changed is undone, which takes them back too."""

_LEAD = next(name for name, role in USERS if role is Role.ASSISTANT_HEAD)
WHOSE: Mapping[str, str] = dict.fromkeys(("restricted_note", "safeguarding_entry", "safeguarding_paper"), _LEAD)
"""Of a table whose rows the data officer does not read: who takes them back."""

OWN = frozenset({"list_filter"})
"""What who saved it takes away: one that is for nobody else is seen by nobody else."""

FINAL: Mapping[str, str] = {
    "log": "what was done stays written",
    "amendment": "the history of the records, to which each way back adds",
    "keyed_amendment": "what a file said before of a school, a provider or a route, by which the file is undone",
    "entering": "who entered marks, beside the marks",
    "identity": "the file's own",
    "past_epoch": "the file's own keys",
    "second_key": "the file's own keys",
    "second_key_sheets": "sheets that were printed, after a question",
    "second_key_on_sheets": "sheets that were printed, after a question",
    "wording": "words that somebody was shown, which count by what names them",
    "choice_reversal": "is a way back itself",
    "consent_reversal": "is a way back itself",
    "assessment_withdrawal": "is a way back itself",
    "disclosure_strike": "is a way back itself",
    "former_address_reversal": "is a way back itself",
    "notice_acknowledgement_reversal": "is a way back itself",
    "notice_issue_reversal": "is a way back itself",
    "protection_lift": "is a way back itself, after a question; a protection is set again",
    "import_undone": "is a way back itself",
    "rule_pack_undone": "is a way back itself",
    "pack_dropped": "is a way back itself, after a question; a copy is begun again",
    "disclosure_family": "one word on one line: the last one counts",
    "calendar_confirmed": "that somebody has looked at the school year",
    "import_file": "goes with its import",
    "suspension_session": "goes with its suspension",
    "paper_form_asked": "goes with its form",
    "paper_form_page": "goes with its form",
    "scan_batch": "goes with its pages",
    "own_field": "asked about: a field is withdrawn, never deleted",
    "own_field_withdrawal": "asked about: another field is made",
    "register_sheet": "a register was printed; what is confirmed of it is taken back with its marks",
    "register_sheet_row": "goes with its page",
    "pack_mark": "goes with its copy, and each is taken back by another",
    "pack_section": "goes with its copy, and is decided again",
    "pack_box": "goes with its copy, and each is taken back by another",
    "pack_sealed": "goes with its copy",
    "own_export_column": "goes with its version",
    "own_export_condition": "goes with its version",
    "own_export_approval": "asked about; the version goes out of use",
    "list_filter_condition": "goes with its filter",
    "attachment_content": "goes with its paper",
    "notice_copy": "the very file that was given",
    "notice_edition": "asked about; the next edition follows it",
    "notice_edition_body": "what an edition said",
    "notice_specimen": "what an edition looked like",
    "letter_sent": "a letter was printed",
    "request_letter": "a letter was written, with its words",
    "pack_made": "asked about: a copy was written",
    "backup_made": "a backup was written",
    "export_made": "asked about: an export was written",
    "export_file": "asked about: an export was written",
    "export_frozen": "asked about: an export was written",
    "export_row": "asked about: an export was written",
    "export_content": "asked about: an export was written",
    "export_event": "the last word of a kind counts: a further one puts it right",
    "returned": "asked about: an export was written",
    "ctf_serial": "asked about: an export was written",
    "erasure_order": "asked about, by two people",
    "statistic": "what an erasure leaves of a year",
    "anonymous_year": "asked about: a file was written",
    "figure_given": "a figure was printed",
    "register_comparison": "a further row says how it stands",
    "draft": "what is typed and not kept: no fact",
    "list_column": "how a person looks at a list: no fact",
    "heading_choice": "asked about in the preview of an import; chosen again the next time",
}


# -- what is corrected in place


def take_away(desk: Desk, table: str, row: Row) -> None:
    """A record that is new, and that an undo could not take away. One to which something refers that only grows stays, and is put right."""
    if table == "attachment":
        paper = record_of(Attachment, row)
        if paper.set_aside_on is None:
            attachments.set_aside(desk, paper, REASON)
    elif table == "pupil":
        if not mistaken.is_mistaken(desk.vault, row["id"]) and not bins.why_pupil_stays(desk, row["id"]):
            bins.take_pupil_away(desk, row["id"], REASON)
    elif table == "enrolment" and mistaken.is_mistaken(desk.vault, row["pupil_id"]):
        return  # it went with its pupil
    elif table == "enrolment":  # nothing leaves the admission register: a stay is put right, such as closed on its first day
        stay = record_of(Enrolment, row)
        pupils.save_stay(desk, dataclasses.replace(stay, end_date=stay.end_date or stay.start_date))
    elif bins.why_record_stays(desk, table, row["id"]):
        _may_be_put_right(desk, table, row)
    else:
        bins.take_away(desk, table, row["id"], REASON)


def put_right(desk: Desk, table: str, before: Row) -> None:
    """A record that says something else than before, which an undo could not change back: kept as its own page keeps it."""
    kind: Any = records.kinds()[table]
    record = _may_be_put_right(desk, table, before)
    if kind is Pupil:
        pupils.save_pupil(desk, record)
    elif kind is Enrolment:
        pupils.save_stay(desk, record)
    else:
        further.save(desk, table, record, lambda _record: ())


def _may_be_put_right(desk: Desk, table: str, row: Row) -> Any:
    """The record, which its own page would keep."""
    record = record_of(records.kinds()[table], row)
    assert not (against := objections(desk, table, record)), against
    return record
