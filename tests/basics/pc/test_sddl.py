"""A folder's access list: read from Windows' own text, and what ours is to be."""

import pytest

from pupil_desk.basics.pc import sddl
from pupil_desk.basics.pc.sddl import ADMINISTRATORS, EVERYONE, SYSTEM, AccessEntry

USER = "S-1-5-21-917267712-1342860078-1792151419-1004"
COLLEAGUE, GROUP = USER[:-4] + "1007", USER[:-4] + "1012"
OURS = f"(A;OICI;FA;;;{SYSTEM})(A;OICI;FA;;;{ADMINISTRATORS})(A;OICI;FA;;;{USER})"
# A new folder under %ProgramData%, as Windows 11 words it.
NEW_FOLDER = f"D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;ID;FA;;;{USER})(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)"


def staff_only(text: str, user: str = USER) -> str:
    return sddl.staff_only(user, sddl.entries_of(text))


def others(text: str, user: str = USER) -> list[str]:
    return sddl.others_in(sddl.entries_of(text), user)


def test_a_new_folder_is_read_entry_by_entry() -> None:
    entries = sddl.entries_of(NEW_FOLDER)
    assert len(entries) == 6
    assert entries[0] == AccessEntry("A", "OICIID", "FA", SYSTEM)
    assert entries[4] == AccessEntry("A", "OICIID", "0x1200a9", "S-1-5-32-545")


def test_a_new_folder_is_closed_to_the_users_of_the_pc() -> None:
    assert others(NEW_FOLDER) == ["S-1-5-32-545"]
    assert staff_only(NEW_FOLDER) == "D:PAI" + OURS
    assert others(staff_only(NEW_FOLDER)) == []


def test_what_was_set_stays_so_when_it_is_set_again() -> None:
    once = staff_only(NEW_FOLDER + f"(A;OICI;0x1301bf;;;{GROUP})")
    assert staff_only(once) == once


@pytest.mark.parametrize("account", [GROUP, COLLEAGUE, "S-1-12-1-7-8-9-10", "S-1-5-32-551", "S-1-5-80-1-2-3-4-5", "DA"])
def test_whom_a_technician_named_stays_with_the_rights_given(account: str) -> None:
    text = f"D:PAI(A;OICI;0x1301bf;;;{account})(A;OICI;FA;;;BA)"
    assert staff_only(text) == f"D:PAI{OURS}(A;OICI;0x1301bf;;;{account})"
    assert others(text) == [account]


def test_an_entry_from_the_folder_above_becomes_the_folders_own() -> None:
    assert staff_only(f"D:AI(A;OICIID;FA;;;{GROUP})").endswith(f"(A;OICI;FA;;;{GROUP})")


@pytest.mark.parametrize(
    "account",
    [
        "WD",
        "AU",
        "BU",
        "BG",
        "AN",
        "IU",
        "NU",
        "RU",
        "AC",
        "CO",
        "DU",
        "LG",
        EVERYONE,
        "S-1-5-11",
        "S-1-5-32-545",
        "S-1-5-7",
        USER[:-4] + "513",
        USER[:-4] + "514",
        USER[:-4] + "501",
        "S-1-5-113",
        "S-1-15-2-2",
        "nonsense",
    ],
)
def test_everybody_by_any_name_is_let_go(account: str) -> None:
    assert staff_only(f"D:(A;OICI;FA;;;{account})") == "D:PAI" + OURS


def test_whom_a_technician_shut_out_stays_out_and_comes_first() -> None:
    text = f"D:(A;OICI;FA;;;{GROUP})(D;OICI;FA;;;{COLLEAGUE})(D;OICI;FA;;;WD)(D;OICI;FA;;;{USER})"
    assert staff_only(text) == f"D:PAI(D;OICI;FA;;;{COLLEAGUE}){OURS}(A;OICI;FA;;;{GROUP})"
    assert others(text) == [GROUP]


def test_a_folder_without_a_list_is_open_to_everybody() -> None:
    for text in ("D:NO_ACCESS_CONTROL", ""):
        assert others(text) == [EVERYONE]
        assert staff_only(text) == "D:PAI" + OURS


def test_an_empty_list_lets_nobody_in() -> None:
    assert others("D:P") == []


def test_entries_with_a_condition_and_what_follows_the_list() -> None:
    text = f'O:BAG:SYD:PAI(XA;;FA;;;{GROUP};(@User.Team == "a;b" && (Member_of {{SID(BA)}})))(A;;FA;;;BU)S:AI(AU;SA;FA;;;WD)'
    assert [entry.account for entry in sddl.entries_of(text)] == [GROUP, "S-1-5-32-545"]
    assert others(text) == [GROUP, "S-1-5-32-545"]
    assert staff_only(text) == "D:PAI" + OURS  # its condition would be lost with it: nobody is let in by half an entry


@pytest.mark.parametrize("text", ["rubbish", "D:(A;;FA)", "D:(A;;FA;;;BU"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an access list"):
        sddl.entries_of(text)


def test_the_built_in_administrator_is_known_by_either_name() -> None:
    user = USER[:-4] + "500"
    assert others("D:(A;;FA;;;LA)", user) == []
    assert others("D:(A;;FA;;;LA)") == ["LA"]
    assert staff_only("D:(A;;FA;;;LA)", user).count("(A;") == 3


def test_the_system_as_user_is_named_once() -> None:
    assert sddl.staff_only(SYSTEM, []) == f"D:PAI(A;OICI;FA;;;{SYSTEM})(A;OICI;FA;;;{ADMINISTRATORS})"


@pytest.mark.parametrize(
    ("text", "owner", "ours"),
    [
        (f"O:{USER}", USER, True),
        ("O:BA", ADMINISTRATORS, True),
        ("O:SYG:SY", SYSTEM, True),
        (f"O:{COLLEAGUE}", COLLEAGUE, False),
        ("O:WD", EVERYONE, False),
    ],
)
def test_who_owns_a_folder_is_read_and_told_from_us(text: str, owner: str, ours: bool) -> None:
    assert sddl.owner_of(text) == owner
    assert sddl.is_ours(owner, USER) is ours


def test_a_text_without_an_owner_is_refused() -> None:
    with pytest.raises(ValueError, match="no owner"):
        sddl.owner_of(NEW_FOLDER)


def test_an_account_is_shown_by_name_and_by_number_when_it_has_gone() -> None:
    assert sddl.account_label(GROUP, "Records staff", "OFFICE-PC") == "OFFICE-PC\\Records staff"
    assert sddl.account_label("S-1-5-32-545", "Users", "BUILTIN") == "Users"
    assert sddl.account_label(GROUP, "", "") == GROUP
