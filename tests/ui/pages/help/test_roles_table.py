"""The help's table of roles names all that a role may do and the one before it may not."""

from pupil_desk.basics.places import resource
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.roles import Action, may

# Words of the table for each act that is not everybody's.
_SENIOR = {
    Action.RECORD_CHOICE: "what was said in any other way",
    Action.RECORD_CONSENT: "what was said in any other way",
    Action.LIFT_PROTECTION: "lift a protection",
    Action.SUSPEND: "enter a suspension",
    Action.MERGE: "merge two records",
    Action.UNDO_OTHERS: "undo what another did",
    Action.TAKE_PUPIL_AWAY: "take away a pupil entered by mistake",
    Action.SAVE_ATTACHMENT: "save a copy of a kept paper",
    Action.READ_REQUESTS: "read all requests",
    Action.READ_BREACHES: "breaches",
    Action.READ_DISCLOSURES: "what was told",
    Action.PRINT_DISCLOSURES: "print that",
    Action.STRIKE_DISCLOSURE: "strike out a line of it",
    Action.PROPOSE_ERASURE: "propose an erasure",
    Action.SET_HOLD: "set a hold",
    Action.DRAFT_OWN_EXPORT: "draft our own exports",
}
_OFFICE = {
    Action.READ_RECORD: "read",
    Action.EDIT_RECORD: "edit the ordinary record",
    Action.IMPORT: "import",
    Action.PRINT_NOTICE: "print and issue notices",
    Action.ISSUE_NOTICE: "print and issue notices",
    Action.PRINT_FORM: "forms",
    Action.READ_SCANS: "read scanned ones in",
    Action.RECORD_FORM_CHOICE: "what came on a signed form",
    Action.RECORD_FORM_CONSENT: "what came on a signed form",
    Action.PLAN_OCCASION: "plan a trip",
    Action.CONTACT_SHEET: "make the contact sheet",
    Action.RECORD_DELIVERY: "confirm that an export arrived",
    Action.RECORD_REQUEST: "record a request",
    Action.REPORT_BREACH: "a breach",
    Action.RECORD_DISCLOSURE: "what was told by word",
    Action.SET_PROTECTION: "set a protection",
    Action.AGREE_ERASURE: "agree to an erasure",
    Action.BACK_UP: "back up",
}


def said_of(role: str) -> str:
    """What stands in a role's line of the table."""
    text = resource("help", "11-users.md").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith(f"| {role} |"))


def test_the_line_of_the_office_names_what_everybody_may() -> None:
    assert [act for act in _OFFICE if not all(may(role, act) for role in Role)] == []
    assert [words for words in _OFFICE.values() if words not in said_of("Office")] == []


def test_the_line_of_the_assistant_head_names_all_that_the_office_may_not() -> None:
    assert set(_SENIOR) == {act for act in Action if may(Role.ASSISTANT_HEAD, act) and not may(Role.OFFICE, act)}
    assert [words for words in _SENIOR.values() if words not in said_of("Assistant head")] == []


def test_a_data_officer_may_everything_and_nobody_else_more() -> None:
    assert [act for act in Action if not may(Role.DATA_OFFICER, act)] == []
    assert "| everything," in said_of("Data officer")
