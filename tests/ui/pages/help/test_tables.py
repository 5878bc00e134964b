"""The help's table of the kinds of unit says what the table says by which the program acts.

The help's table of those with whom a unit works says what the register says, and how sure we are of each.

The help's table of consents says what the types say that ship, and how sure we are of each.

The help's table of roles names all that a role may do and the one before it may not.
"""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.domain.consents.consent import ConsentType, lapse_words
from pupil_desk.domain.sharing.recipients import NoticeUse, register
from pupil_desk.domain.unit.kind import Owed, unit_kinds
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.consents import types
from pupil_desk.services.roles import Action, may

_COLUMNS = ("pru", "ap-academy", "independent-ap")
_OWED = {
    Owed.AUTHORITY: "The authority that maintains the unit",
    Owed.UNIT: "The academy trust",
    Owed.HOME_AUTHORITY: "The authority where the pupil lives",
    Owed.NOBODY: "No law names anybody",
}


def test_the_table_of_the_help_is_that_of_the_kinds() -> None:
    text = resource("help", "12-settings.md").read_text(encoding="utf-8").partition("## What follows from the kind of unit")[2]
    rows = {
        cells[0]: cells[1:]
        for line in text.splitlines()
        if line.startswith("| ")
        for cells in [[one.strip() for one in line.strip("|").split("|")]]
    }
    kinds = [unit_kinds()[code] for code in _COLUMNS]
    assert rows["Education from day six of a suspension"] == [_OWED[kind.day_six_suspension] for kind in kinds]
    assert rows["Education from day six of a permanent exclusion"] == [_OWED[kind.day_six_permanent] for kind in kinds]
    assert [one.lower() for one in rows["Who considers it"]] == [kind.board for kind in kinds]
    assert [one.split(" (")[0].split(".")[0] in f"{kind.census}." for one, kind in zip(rows["Census"], kinds, strict=True)] == [True] * 3
    assert [
        ("fairly sure" in one) == (kind.controller_sure == "medium")
        for one, kind in zip(rows["Who answers for the data"], kinds, strict=True)
    ] == [True] * 3
    free, academy = unit_kinds()["ap-free-school"], unit_kinds()["ap-academy"]
    assert (free.day_six_suspension, free.day_six_permanent, free.board) == (
        academy.day_six_suspension,
        academy.day_six_permanent,
        academy.board,
    )


def test_the_table_is_that_of_the_register() -> None:
    text = resource("help", "sharing-rules.md").read_text(encoding="utf-8")
    part = text.partition("## Others with whom you work")[2].partition("\n## ")[0]
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| ")][1:]
    assert told == [[one.label, one.law, one.covers, one.sure] for one in register().values() if one.use is NoticeUse.CHOSEN]
    assert "28 November 2026" in part
    assert {str(one.checked) for one in register().values()} == {"2026-11-28"}


def test_the_commands_chapter_names_each_kind_that_can_be_previewed() -> None:
    text = resource("help", "90-command-line.md").read_text(encoding="utf-8")
    assert all(f"`{one.name}`" in text for one in register().values() if one.use is NoticeUse.CHOSEN)


def row_of(made: ConsentType) -> list[str]:
    """What stands in a line of the table."""
    who = {"one": "One parent", "each": "Each parent", "none": "The pupil"}[made.parents]
    who += ", in writing" * made.written + " and the pupil" * made.pupil_too + ", or a competent pupil" * (made.pupil_yes == "competent")
    alone = str(made.own_age) + ", once found competent" * (made.own_competence == "recorded" and made.own_age < 18)
    sure = codelist("consent_sure").label_of(made.sure).split(":")[0]
    return [made.name, who, alone, lapse_words(made), sure]


def test_the_table_is_that_of_the_types_that_ship() -> None:
    text = resource("help", "04-consents.md").read_text(encoding="utf-8")
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")][1:]
    assert told == [row_of(one.type) for one in types.shipped().values()]


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
