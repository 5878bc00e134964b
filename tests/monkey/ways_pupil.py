"""The ways back of what only grows about a pupil: each service says that the entry counts no more."""

import dataclasses
from collections.abc import Sequence
from datetime import date

from pupil_desk.domain.care.health import Dose
from pupil_desk.domain.consents.consent import Competence
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, with_account
from pupil_desk.domain.learning.review import ReportComment, TargetReview
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.papers.note import Wording
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.register.attendance import UNSETTLED, Mark, Session
from pupil_desk.domain.safeguarding.sealed_paper import papers_of
from pupil_desk.domain.suspensions.review import REVIEW
from pupil_desk.domain.suspensions.suspension import ENDINGS, SuspensionEvent, SuspensionEventKind
from pupil_desk.services import bin as bins
from pupil_desk.services import holds, register
from pupil_desk.services.care import dose_log
from pupil_desk.services.consents import recording
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand
from pupil_desk.services.disclosures.disclosures import BY_HAND
from pupil_desk.services.duplicates import merging
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.services.leave import recording as leave
from pupil_desk.services.notes import notes
from pupil_desk.services.notices import families
from pupil_desk.services.plans import recording as plans
from pupil_desk.services.pupils import protections
from pupil_desk.services.register import absence_steps
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.services.safeguarding import papers as sealed_papers
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.services.suspensions import decisions
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import merging as merging_store
from pupil_desk.store.rows import mistaken, several
from pupil_desk.store.rows.rows import record_of
from pupil_desk.store.tables import addresses, choices, consents, told, wish_steps
from pupil_desk.store.tables import incidents as incidents_store
from pupil_desk.store.tables import leave_requests as leave_store
from pupil_desk.store.tables import notes as notes_store
from pupil_desk.store.tables import plans as plans_store
from pupil_desk.store.tables import protections as protections_store
from pupil_desk.store.tables import register as register_store
from pupil_desk.store.tables import reviews as reviews_store
from pupil_desk.store.tables import suspensions as suspensions_store

type Was = Sequence[Row]

REASON = "Entered by mistake"


def former(was: Was, row: Row, name: str) -> Row | None:
    """The last row of the same thing before the run: its edition or wording then; None where there was no such thing."""
    return next((earlier for earlier in reversed(was) if earlier[name] == row[name]), None)


def note(desk: Desk, row: Row, was: Was) -> None:
    wordings = notes_store.of_note(desk.vault, row["note_id"])
    _note(desk, wordings, former(was, row, "note_id") is not None)


def restricted_note(desk: Desk, row: Row, was: Was) -> None:
    wordings = notes_store.restricted_of_note(desk.vault, row["note_id"]).wordings
    _note(desk, wordings, former(was, row, "note_id") is not None)


def _note(desk: Desk, wordings: Sequence[Wording], was_there: bool) -> None:
    """A new note is struck out; of one that there was, the first wording of all holds again."""
    if not wordings or wordings[-1].note.struck is not None:
        return
    if was_there:
        notes.correct(desk, wordings[0].note)
    else:
        notes.strike(desk, wordings[-1].note, REASON)


def target_review(desk: Desk, row: Row, was: Was) -> None:
    _review(desk, record_of(TargetReview, row), [record_of(TargetReview, earlier) for earlier in was])


def report_comment(desk: Desk, row: Row, was: Was) -> None:
    _review(desk, record_of(ReportComment, row), [record_of(ReportComment, earlier) for earlier in was])


def _review[R: (TargetReview, ReportComment)](desk: Desk, record: R, was: Sequence[R]) -> None:
    now = reviews_store.now(desk.vault, record)
    earlier = next((wording for wording in reversed(was) if wording.entry_id == record.entry_id), None)
    if now is None or now.struck is not None:
        return
    if earlier is not None:
        reviews.correct(desk, earlier)
    else:
        reviews.strike(desk, now, REASON)


def assessment(desk: Desk, row: Row, was: Was) -> None:
    if any(entry.record.id == row["id"] and entry.current for entry in assessments.history(desk, row["pupil_id"])):
        assessments.withdraw(desk, row["id"], REASON)


def dose(desk: Desk, row: Row, was: Was) -> None:
    dose = record_of(Dose, row)
    log = several.of_pupil(desk.vault, Dose, dose.pupil_id)
    if dose.was_given and not any(other.corrects == dose.id for other in log):
        dose_log.give_dose(desk, dataclasses.replace(dose, id="", corrects=dose.id, was_given=False, reason=REASON))


def wish_step(desk: Desk, row: Row, was: Was) -> None:
    standing = wish_steps.of_pupil(desk.vault, row["pupil_id"])
    if row["step"] != "taken-back" and not any(step.corrects == row["id"] for step in standing):
        wishes.take_back(desk, row["id"], REASON)


def choice(desk: Desk, row: Row, was: Was) -> None:
    if any(choice.id == row["id"] for choice in choices.of_pupil(desk.vault, row["pupil_id"])):
        sharing.take_back(desk, row["pupil_id"], row["id"], REASON)


def consent_event(desk: Desk, row: Row, was: Was) -> None:
    if any(event.id == row["id"] for event in consents.of_pupil(desk.vault, row["pupil_id"])):
        recording.take_back(desk, row["pupil_id"], row["id"], REASON)


def competence(desk: Desk, row: Row, was: Was) -> None:
    """The last word on a day counts: that it is open again."""
    recording.find(desk, dataclasses.replace(record_of(Competence, row), id="", finding="open", reason=REASON, on=desk.today))


def acknowledgement(desk: Desk, row: Row, _was: Was) -> None:
    who = (row["pupil_id"], row["contact_id"], row["edition_id"])
    given = [line for line in families.notices_given(desk) if (line.issue.pupil_id, line.issue.contact_id, line.issue.edition_id) == who]
    if any(line.acknowledged for line in given):
        families.take_back(desk, given, REASON)


def notice_given(desk: Desk, row: Row, _was: Was) -> None:
    if given := [line for line in families.notices_given(desk) if line.issue.id == row["id"]]:
        families.take_given_back(desk, given, REASON)


def former_address(desk: Desk, row: Row, _was: Was) -> None:
    assert row["id"] not in {address.id for address in addresses.of_pupil(desk.vault, row["pupil_id"])}, "it counts still"


def hold(desk: Desk, row: Row, was: Was) -> None:
    if any(standing.id == row["hold_id"] and standing.in_force for standing in holds.everything(desk)):
        holds.lift(desk, row["hold_id"], REASON)


def protection(desk: Desk, row: Row, was: Was) -> None:
    if protections_store.get(desk.vault, row["id"]) is not None:
        protections.lift_protection(desk, row["id"], REASON)


def disclosure(desk: Desk, row: Row, was: Was) -> None:
    """What was told by an export or a paper was told; a line that somebody wrote is struck out."""
    now = told.get(desk.vault, row["seq"])
    if now is not None and now["way"] in BY_HAND and not now["struck"]:
        by_hand.strike(desk, row["seq"], REASON)


def mark(desk: Desk, row: Row, was: Was) -> None:
    """Taken out where it is only planned; else amended to N."""
    pupil_id, day, session = row["pupil_id"], date.fromisoformat(row["day"]), Session(row["session"])
    standing = register_store.all_of_pupil(desk.vault, pupil_id).get((day, session))
    if standing is not None and standing.is_planned and not register.begun_sessions(desk)(day, session):
        register.take_out_planned(desk, pupil_id, day, session)
    elif standing is not None and standing.code != UNSETTLED:
        register.mark(desk, [Mark(pupil_id=pupil_id, day=day, session=session, code=UNSETTLED)], reason=REASON)


def suspension(desk: Desk, row: Row, was: Was) -> None:
    case = next(case for case in suspensions_store.of_pupil(desk.vault, row["pupil_id"]) if case.suspension.decision == row["decision"])
    if case.ending is None or case.ending.kind == SuspensionEventKind.SERVED:
        event = SuspensionEvent(
            pupil_id=row["pupil_id"], decision=row["decision"], kind=SuspensionEventKind.MISTAKEN, on=desk.today, note=REASON
        )
        decisions.record_event(desk, event)


def suspension_event(desk: Desk, row: Row, was: Was) -> None:
    """A step is taken back by the same step, not done; how a decision ended was asked about."""
    if row["kind"] in ENDINGS or not row["done"]:
        return
    event = dataclasses.replace(record_of(SuspensionEvent, row), id="", done=False)
    case = next(case for case in suspensions_store.of_pupil(desk.vault, row["pupil_id"]) if case.suspension.decision == row["decision"])
    if case.step(SuspensionEventKind(row["kind"])) is None:
        return
    act = decisions.record_event if row["kind"] not in REVIEW else decisions.record
    act(desk, event)


def absence_step(desk: Desk, row: Row, was: Was) -> None:
    if row["takes_back"] is None and any(step.id == row["id"] for step in absence_steps.of_pupil(desk, row["pupil_id"])):
        absence_steps.take_back(desk, row["id"], REASON)


def leave_request(desk: Desk, row: Row, was: Was) -> None:
    """A new request is struck out; of one that there was, the wording before the run holds again."""
    case, earlier = leave_store.entry(desk.vault, row["entry_id"]), former(was, row, "entry_id")
    if case is None or case.now.struck is not None:
        return
    if earlier is None:
        leave.strike(desk, case.now.entry_id, REASON)
    else:
        leave.amend(desk, record_of(LeaveRequest, earlier))


def plan_step(desk: Desk, row: Row, was: Was) -> None:
    case = plans_store.entry(desk.vault, row["entry_id"])
    if case is not None and any(step.id == row["id"] for step in case.steps):
        plans.take_back(desk, row["id"], REASON)


def plan(desk: Desk, row: Row, was: Was) -> None:
    """A new plan is struck out; of one that there was, the version before the run holds again."""
    case, earlier = plans_store.entry(desk.vault, row["entry_id"]), former(was, row, "entry_id")
    if case is None or case.now.struck is not None:
        return
    if earlier is None:
        plans.strike(desk, case.now.entry_id, REASON)
    else:
        plans.amend(desk, record_of(PupilPlan, earlier))


def incident_event(desk: Desk, row: Row, was: Was) -> None:
    """A step is taken back by the same step, not done."""
    event = record_of(IncidentEvent, row)
    case = incidents_store.entry(desk.vault, event.entry_id)
    if event.done and case is not None and not case.struck and case.last(event.kind, event.contact_id) is not None:
        incidents.record(desk, [dataclasses.replace(event, id="", done=False)])


def incident(desk: Desk, row: Row, was: Was) -> None:
    """A new entry is struck out; of one that there was, the wording before the run holds again."""
    case = incidents_store.entry(desk.vault, row["entry_id"])
    if case is None or case.struck:
        return
    earlier = former(was, row, "entry_id")
    if earlier is None:
        incidents.strike(desk, [case.now.entry_id], REASON)
        return
    before = record_of(Incident, earlier)
    counting = [other.now for other in incidents_store.of_incident(desk.vault, before.incident_id) if not other.struck]
    incidents.amend(desk, [before if now.entry_id == before.entry_id else with_account(now, before) for now in counting])


def merged(desk: Desk, row: Row, was: Was) -> None:
    standing = merging_store.standing(desk.vault, row["kind"])
    if row["what"] == merging_store.MERGED and row["record_id"] in standing:
        if row["kind"] == merging_store.PUPIL:
            merging.part(desk, row["record_id"], reason=REASON)
        else:
            merging.part_contact(desk, row["record_id"], reason=REASON)


def entered_by_mistake(desk: Desk, row: Row, was: Was) -> None:
    if row["what"] == mistaken.MISTAKEN and mistaken.is_mistaken(desk.vault, row["pupil_id"]):
        bins.put_back(desk, f"pupil|{row['pupil_id']}")


def safeguarding_entry(desk: Desk, row: Row, was: Was) -> None:
    """By who opens the files: a new entry is struck out; of one that there was, the wording before the run holds again."""
    histories = {history.now.entry_id: history for history in files.of_pupil(desk, row["pupil_id"]).histories}
    history, earlier = histories.get(row["entry_id"]), former(was, row, "entry_id")
    if history is None or history.struck:
        return
    if earlier is None:
        writing.strike(desk, history.now, REASON)
    else:
        writing.amend(desk, next(wording.entry for wording in history.wordings if wording.entry.id == earlier["id"]))


def safeguarding_paper(desk: Desk, row: Row, _was: Was) -> None:
    """Taken out of its entry, with what the entry said before it was put in; of an entry that is struck out it goes into no pack."""
    histories = files.of_pupil(desk, row["pupil_id"]).histories
    now = next((history.now for history in histories if history.now.entry_id == row["entry_id"] and not history.struck), None)
    if now is not None and row["id"] in {paper.id for paper in papers_of(now.papers)}:
        sealed_papers.take_out(desk, now, row["id"])
