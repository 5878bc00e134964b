"""The quick card of a role says what that role may do by the table of rights, and leaves out nothing that sets it apart."""

import dataclasses
import re
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.program.guides import card_of, chapters, passages, plain
from pupil_desk.services.roles import Action, may
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.words import plain_words
from pupil_desk.ui.pages import pages

# What the cards name that is done, by the rights it takes; where one name stands for two things, by those of both.
NEEDS: dict[str, tuple[Action, ...]] = {
    "Add a decision": (Action.SUSPEND,),
    "Agree": (Action.AGREE_ERASURE,),
    "Cancel it": (Action.SUSPEND,),
    "Choose several": (Action.READ_RECORD,),
    "New incident": (Action.EDIT_RECORD,),
    "Close the case": (Action.HANDLE_REQUEST,),
    "Pupil’s understanding": (Action.RECORD_CONSENT,),
    "Confirm delivery": (Action.RECORD_DELIVERY,),
    "Disable": (Action.MANAGE_USERS,),
    "Done": (Action.EXPORT,),
    "Enter something told by word": (Action.RECORD_DISCLOSURE,),
    "Entered by mistake": (Action.SUSPEND, Action.TAKE_PUPIL_AWAY),
    "Erase now": (Action.ERASE,),
    "Evacuation sheet": (Action.CONTACT_SHEET,),
    "Give a dose now": (Action.EDIT_RECORD,),
    "Hand over the key of the restricted notes": (Action.READ_RECORD,),  # and to hold it
    "Letter to the family": (Action.PRINT_FORM,),
    "Letter to the pupil": (Action.PRINT_FORM,),
    "Lift this protection": (Action.LIFT_PROTECTION,),
    "List for the leader": (Action.READ_RECORD,),
    "Make a backup": (Action.BACK_UP,),
    "Make the export": (Action.EXPORT,),
    "May read restricted notes": (Action.MANAGE_USERS,),
    "Merge these two": (Action.MERGE,),
    "Move house": (Action.EDIT_RECORD,),
    "New key": (Action.MANAGE_USERS,),
    "New password": (Action.MANAGE_USERS,),
    "New request": (Action.RECORD_REQUEST,),
    "New trip or recipient": (Action.PLAN_OCCASION,),
    "Prepare it": (Action.LIST_EXPORTS,),
    "Print for others": (Action.READ_RECORD,),
    "Print": (Action.PRINT_NOTICE,),
    "Progress report": (Action.PRINT_FORM,),
    "Propose to erase": (Action.PROPOSE_ERASURE,),
    "Read a scan in": (Action.READ_SCANS,),
    "Read in a pack of rules": (Action.EDIT_RULES,),
    "Record as given": (Action.ISSUE_NOTICE,),
    "Record how it was settled": (Action.RECORD_CHOICE,),
    "Record it": (Action.HANDLE_REQUEST, Action.HANDLE_BREACH),
    "Reinstated": (Action.SUSPEND,),
    "Report a breach": (Action.REPORT_BREACH,),
    "Restore drill": (Action.RESTORE,),
    "Restricted": (Action.EDIT_RECORD,),
    "Set a hold": (Action.SET_HOLD,),
    "Undo this import": (Action.UNDO,),
    "Undo this": (Action.UNDO,),
    "Undo": (Action.UNDO,),
    "Update from a stick": (Action.EDIT_SETTINGS,),
    "Who would receive what": (Action.PREVIEW_SHARING,),
}
IN_WORDS: dict[Role, dict[Action, str]] = {
    Role.OFFICE: {},
    Role.ASSISTANT_HEAD: {
        Action.READ_BREACHES: "what was told, breaches",
        Action.READ_DISCLOSURES: "what was told",
        Action.UNDO_OTHERS: "also of what another did",
        Action.WITHHOLD_REPORT: "withhold the report from a parent",
    },
    Role.DATA_OFFICER: {
        Action.CONFIRM_PROTECTED: "Tick a protected pupil only if it must go",
        Action.COMPILE_PACK: "W withholds, G gives",
        Action.EDIT_SETTINGS: "Names for the notice",
    },
}
"""What a card says of a right in other words than those of a button."""
ON_NO_CARD = {
    Role.OFFICE: set[Action](),
    Role.ASSISTANT_HEAD: {
        Action.SAVE_ATTACHMENT,
        Action.READ_REQUESTS,
        Action.PRINT_DISCLOSURES,
        Action.STRIKE_DISCLOSURE,
        Action.DRAFT_OWN_EXPORT,
        Action.SEE_GUARDED_PLAN,
    },
    Role.DATA_OFFICER: {
        Action.EXPORT_PLAIN,
        Action.KEEP_CONTENT,
        Action.READ_WHOLE_LOG,
        Action.REMOVE_ATTACHMENT,
        Action.LIFT_HOLD,
        Action.EDIT_NOTICE,
        Action.EDIT_CONSENT_TYPES,
        Action.APPROVE_OWN_EXPORT,
    },
}
"""What a role may beyond the one before it, and does so seldom that its card has no room for it."""
_ITALIC = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")


def text_of_card(role: Role) -> str:
    return resource("help", f"{card_of(role).name}.md").read_text(encoding="utf-8")


def named_in(role: Role) -> set[str]:
    """What a card sets in italics, without the dots."""
    return {words.rstrip("…") for words in _ITALIC.findall(text_of_card(role))}


def needed_by(role: Role) -> set[Action]:
    return {action for words in named_in(role) & NEEDS.keys() for action in NEEDS[words]}


def test_what_a_card_names_is_a_place_or_something_done() -> None:
    places = {fold(plain(heading)) for passage in passages() for heading in (passage.heading, passage.chapter.title)}
    places |= {fold("There is a problem"), fold("Rules")}  # what stands on a page of an export, a tab of Settings
    named = set[str]().union(*map(named_in, Role))
    assert {words for words in named - NEEDS.keys() if fold(words) not in places} == set()
    assert NEEDS.keys() - named == set()


@pytest.mark.parametrize("role", Role)
def test_what_a_card_names_its_role_may_do(role: Role) -> None:
    assert {action for action in needed_by(role) if not may(role, action)} == set()
    assert {page.title for page in pages() if page.title in named_in(role) and page.action and not may(role, page.action)} == set()


@pytest.mark.parametrize(("role", "before"), [(Role.ASSISTANT_HEAD, Role.OFFICE), (Role.DATA_OFFICER, Role.ASSISTANT_HEAD)])
def test_what_sets_a_role_apart_is_on_its_card(role: Role, before: Role) -> None:
    own = {action for action in Action if may(role, action) and not may(before, action)}
    for words in IN_WORDS[role].values():
        assert words in text_of_card(role)
    assert needed_by(role) & own | IN_WORDS[role].keys() | ON_NO_CARD[role] == own
    assert not (needed_by(role) | IN_WORDS[role].keys()) & ON_NO_CARD[role]


@pytest.mark.parametrize("role", Role)
def test_no_command_that_a_card_names_is_refused_to_its_role(
    qtbot: QtBot, context: Context, desk_as: Callable[[Role], Desk], role: Role
) -> None:
    seat = dataclasses.replace(context, desk=desk_as(role))
    named, found = {fold(words) for words in named_in(role)}, 0
    for kind in pages():
        if kind.title not in named_in(role):
            continue
        page: Page = kind(seat)
        qtbot.addWidget(page)
        for heading in page.findChildren(Heading):
            for key, control in heading._controls.items():
                if fold(plain_words(control.text()).rstrip("…")) in named:
                    found += 1
                    assert not heading._refusals.get(key), control.text()
    assert found > 2


def test_each_role_has_its_card() -> None:
    assert {chapter.name for chapter in chapters() if chapter.name.startswith("card-")} == {card_of(role).name for role in Role}
