"""The help's table of the kinds of unit says what the table says by which the program acts.

The help's table of those with whom a unit works says what the register says, and how sure we are of each.

The help's table of consents says what the types say that ship, and how sure we are of each.

The help's table of what a copy marks says what the rule proposes of each, and does where nobody is there.

The help's table of results has every set of those that are allowed, for what and how sure we are.

The help's table of roles names all that a role may do and the one before it may not.
"""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.basics.valuesets import valuesets
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.sharing.recipients import NoticeUse, register
from pupil_desk.domain.unit.kind import unit_kinds
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, SecondRole
from pupil_desk.services.consents import types
from pupil_desk.services.packs import people
from pupil_desk.services.program.guides import text_of
from pupil_desk.services.roles import Action, may


def rows_of(name: str, heading: str = "") -> list[list[str]]:
    """The rows of the tables of a chapter, from a heading on to the next."""
    part = text_of(name).partition(f"## {heading}\n")[2].partition("\n## ")[0] if heading else text_of(name)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| ")]


def test_the_table_of_the_kinds_says_what_follows_from_each() -> None:
    (_head, *kinds), *rows = rows_of("12-settings", "What follows from the kind of unit")
    assert kinds == [codelist("unit_kind").label_of(code) for code in unit_kinds()]
    for place, kind in enumerate(unit_kinds().values(), 1):
        assert [(row[0], row[place].lower()) for row in rows] == [(question, answer.lower()) for question, answer in kind.follows()]
    assert len(rows) == 7


def test_the_table_of_recipients_is_that_of_the_register() -> None:
    _head, *told = rows_of("sharing-rules", "Others with whom you work")
    assert told == [[one.label, one.law, one.covers, one.sure] for one in register().values() if one.use is NoticeUse.CHOSEN]
    assert len(told) > 5
    assert "28 November 2026" in text_of("sharing-rules").partition("## Others with whom you work")[2].partition("\n## ")[0]
    assert min(str(one.checked) for one in register().values() if one.use is NoticeUse.CHOSEN) == "2026-11-28"


def test_the_commands_chapter_names_each_kind_that_can_be_previewed() -> None:
    text = resource("help", "90-command-line.md").read_text(encoding="utf-8")
    assert all(f"`{one.name}`" in text for one in register().values() if one.use is NoticeUse.CHOSEN)


def test_the_table_of_consents_is_that_of_the_types_that_ship() -> None:
    _head, *told = rows_of("04-consents")
    assert [row[0] for row in told] == [one.type.name for one in types.shipped().values()]
    assert told[0] == ["Photographs and videos", "One parent, or a competent pupil", "16", "The end of the school year", "Sure"]
    assert told[5][1:] == ["One parent, in writing", "18", "The end of the stay", "Sure"]
    assert {row[4] for row in told} == {"Sure", "Fairly sure"}


def test_the_table_of_results_has_every_set_that_is_allowed() -> None:
    _head, *told, _own, _any = rows_of("results-allowed")
    sets = valuesets("results", "allowed.toml").sets.values()
    assert [row[1:] for row in told] == [[one.label, one.sure] for one in sets]
    assert all(row[0].startswith(one.title) for row, one in zip(told, sets, strict=True))
    names = [row[0] for row in told]
    assert len(names) - len(set(names)) <= 1  # the phonics check has marks and an outcome, which its results say
    assert {
        "Early learning goals: until 31 August 2021",
        "Key Stage 2, teachers’ assessment: writing",
        "GCSE",
        "GCSE in letters: GCSE until 31 December 2019 and GCSE WJEC",
        "Marks",
    } <= set(names)


def test_the_table_of_a_copy_says_what_is_proposed_of_whom() -> None:
    _head, *told = rows_of("copies", "Whose names are found")
    known = {code: rule for code, rule in people.rules().items() if code != people.HAND}
    assert [row[0] for row in told] == [rule.label for rule in known.values()]
    assert [row[1].partition(":")[0] for row in told] == [
        "Withhold" if rule.proposed is PlaceVerdict.WITHHOLD else "Give" for rule in known.values()
    ]
    assert [row[2] for row in told] == ["Withheld" if rule.alone is PlaceVerdict.WITHHOLD else "Given" for rule in known.values()]
    assert ["Another pupil", "Withhold: it tells of another pupil", "Withheld"] in told


def test_the_cautions_of_the_rules_are_what_a_new_unit_has() -> None:
    unit, text = UnitSettings(name="", la="", estab=""), text_of("sharing-rules")
    assert f"none has had the notice: the {unit.no_notice_13} |" in text
    assert f"the pupil has not been asked: the {unit.unasked_16} |" in text
    assert "From 16 and not asked: nothing |" in text
    assert (unit.unasked_post_16, unit.with_parent) == ("none", False)
    assert "Off in Settings until you turn it on" in text


# Words of the table for each act that is not everybody's.
_SENIOR = {
    Action.RECORD_CHOICE: "what was said in any other way",
    Action.RECORD_CONSENT: "what was said in any other way",
    Action.LIFT_PROTECTION: "lift a protection",
    Action.SUSPEND: "enter a suspension",
    Action.WITHHOLD_REPORT: "withhold a report",
    Action.MERGE: "merge two records",
    Action.UNDO_OTHERS: "undo what another did",
    Action.TAKE_PUPIL_AWAY: "take away a pupil entered by mistake",
    Action.SAVE_ATTACHMENT: "save a copy of a kept paper",
    Action.SEE_GUARDED_PLAN: "see all plans",
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
    Action.WRITE_CONCERN: "write a safeguarding concern",
}

# What is everybody's and goes without saying: it belongs to reading, editing, printing, or to one's own account.
_UNSAID = {
    Action.LOCK,
    Action.CHANGE_OWN_PASSWORD,
    Action.READ_OWN_LOG,
    Action.PREVIEW_SHARING,
    Action.RECORD_ASKED,
    Action.LIST_EXPORTS,
    Action.CHECK_FILE,
    Action.UNDO,
    Action.ADD_TO_PACK,
    Action.PRINT_PROTECTED,
    Action.WRITE_TRANSLATOR_SHEET,
}


def said_of(role: str) -> str:
    """What stands in a role's line of the table."""
    text = resource("help", "11-users.md").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith(f"| {role} |"))


def test_the_line_of_the_office_names_what_everybody_may() -> None:
    assert {act for act in Action if all(may(role, act) for role in Role)} == _OFFICE.keys() | _UNSAID
    assert not _OFFICE.keys() & _UNSAID
    assert [words for words in _OFFICE.values() if words not in said_of("Office")] == []


def test_the_line_of_the_assistant_head_names_all_that_the_office_may_not() -> None:
    assert set(_SENIOR) == {act for act in Action if may(Role.ASSISTANT_HEAD, act) and not may(Role.OFFICE, act)}
    assert [words for words in _SENIOR.values() if words not in said_of("Assistant head")] == []


def test_a_data_officer_may_everything_and_nobody_else_more() -> None:
    of_second_roles = [act for act in Action if any(may(role, act) for role in SecondRole)]
    assert [act for act in Action if not may(Role.DATA_OFFICER, act)] == of_second_roles
    assert "or safeguarding files, unless named" in said_of("Data officer")
    assert "| everything," in said_of("Data officer")
