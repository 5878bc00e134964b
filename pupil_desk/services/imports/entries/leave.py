"""Leave that families asked for, as other programs list it: a request each row, found again by the pupil and the first day.

A row that says otherwise of a request on file is a further wording of it; what it said before stays. No mark is entered by it.
"""

from collections.abc import Mapping

from pupil_desk.basics.words import _
from pupil_desk.domain.leave.leave_request import LeaveRequest, check_leave
from pupil_desk.services.imports.keyed import Keyed, import_of
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import leave_requests as store


def _on_file(vault: Vault) -> Mapping[str, list[LeaveRequest]]:
    """Each pupil's requests as they hold, without those that are struck out."""
    requests: dict[str, list[LeaveRequest]] = {}
    for case in store.every(vault):
        if case.now.struck is None:
            requests.setdefault(case.now.pupil_id, []).append(case.now)
    return requests


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
