"""Leave that families asked for, as other programs list it: a request each row, found again by the pupil and the first day.

A row that says otherwise of a request on file is a further wording of it; what it said before stays. No mark is entered by it.
"""

from collections.abc import Callable, Iterator, Mapping

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.leave.leave_request import LeaveRequest, check_leave
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.services.leave import recording
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import contacts, pupils, suspensions
from pupil_desk.store.tables import leave_requests as store


def _on_file(vault: Vault) -> Mapping[str, list[LeaveRequest]]:
    """Each pupil's requests as they hold, without those that are struck out."""
    return grouped((case.now.pupil_id, case.now) for case in store.every(vault) if case.now.struck is None)


def _warned_of(vault: Vault) -> Callable[[LeaveRequest], Iterator[Problem]]:
    """What is to be thought of a request by what else is on file: as where one is typed, and whether a new one was struck out here before."""
    by_id = {pupil.id: pupil for pupil in pupils.all_pupils(vault)}
    people, cases = contacts.by_pupil(vault), suspensions.by_pupil(vault)
    struck = {(case.now.pupil_id, case.now.first_day) for case in store.every(vault) if case.now.struck is not None}

    def warnings(request: LeaveRequest) -> Iterator[Problem]:
        pupil_id = request.pupil_id
        yield from recording.warnings(request, by_id[pupil_id], people.get(pupil_id, ()), cases.get(pupil_id, ()))
        if not request.entry_id and (pupil_id, request.first_day) in struck:
            words = _("Leave from this day was struck out here. Leave the row out, unless it is to come back.")
            yield Problem.warning("first_day", "struck_out", words)

    return warnings


# the headings are our own reading of what such lists are headed, none fixed by anybody
LEAVE_REQUESTS = import_of(
    "leave-requests",
    _("Leave asked for"),
    Keyed(
        record_type=LeaveRequest,
        key_of=lambda request: (request.first_day,),
        by_pupil=_on_file,
        check=lambda _request: (),
        check_on=check_leave,
        warned_of=_warned_of,
        by_person=True,
        heads={
            "first_day": ("leave from", "absence from", "first day of absence", "leave start", "absence start", "date from", "start date"),
            "last_day": ("leave to", "leave until", "absence to", "last day of absence", "leave end", "absence end", "date to", "end date"),
            "purpose": ("reason", "reason for leave", "reason for absence", "leave type", "type of leave", "purpose"),
            "circumstances": ("exceptional circumstances", "details", "explanation", "comments", "parent comments"),
            "asked_by": ("requested by", "applicant", "parent name", "name of parent", "parent"),
            "received_on": ("date requested", "request date", "date received", "received", "application date", "date of request"),
            "outcome": ("decision", "outcome", "status"),
            "decided_by": ("authorised by", "approved by", "decision by"),
            "decided_on": ("decision date", "date of decision", "date authorised"),
            "granted_from": ("authorised from", "granted from", "approved from"),
            "granted_until": ("authorised to", "authorised until", "granted until", "approved to"),
            "decision_reason": ("reason for decision", "reason for refusal", "decision notes"),
        },
        no_columns=("struck",),
    ),
)
