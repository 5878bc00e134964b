"""Rows of contacts: of one pupil, never merged; and what a column about orders does."""

import pytest

from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils.protections import lift_protection
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, ledger, protections, pupils
from tests.services.imports.made import ANN, BEN, CAT, TEMPORARY, counts, errors, table, told

PUPILS = f"surname|forename|dob|upn|former_upn\nHall|Ann|1/2/2012|{ANN}|{TEMPORARY}\nIvy|Ben|1/2/2012|{BEN}|"


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    run_import(desk, "pupils", table(PUPILS))


def bring(desk: Desk, text: str, **how: object) -> Outcome:
    return run_import(desk, "contacts", table(text), **how)  # type: ignore[arg-type]


def pupil_id(desk: Desk, upn: str) -> str:
    found = pupils.by_number(desk.vault, upn)
    assert found
    return found.id


def orders(desk: Desk) -> list[tuple[str, str]]:
    """Each order in force: the pupil's UPN, and the contact it names."""
    found = []
    for upn in (ANN, BEN):
        for protection in protections.of_pupil(desk.vault, pupil_id(desk, upn), desk.today):
            assert (protection.kind, protection.reason, protection.since) == (ORDER, "from import: check", desk.today)
            contact = contacts.get(desk.vault, protection.contact_id or "")
            found.append((upn, contact.full_name if contact else ""))
    return found


def test_the_same_person_is_a_contact_of_each_pupil_apart(desk: Desk) -> None:
    outcome = bring(desk, f"upn|surname|forename|relationship|parental_responsibility\n{ANN}|Hall|Eve|Mother|Y\n{BEN}|Hall|Eve|PAM|false")
    assert counts(outcome) == (2, 2, 0, 0, 0)
    (one,) = contacts.of_pupil(desk.vault, pupil_id(desk, ANN))
    (other,) = contacts.of_pupil(desk.vault, pupil_id(desk, BEN))
    assert (one.relationship, one.parental_responsibility) == ("PAM", True)
    assert (other.relationship, other.parental_responsibility) == ("PAM", False)
    assert one.id != other.id


def test_another_address_of_a_contact_is_taken_whole_and_a_part_of_one_not_at_all(desk: Desk) -> None:
    head = f"upn|surname|forename|relationship|address_1|town|postcode\n{ANN}|Hall|Eve|PAM"
    bring(desk, f"{head}|9 Mill Lane|Larkfield|AL28 3QN")
    assert told(bring(desk, f"{head}|4 Larch Way||")) == {(2, "address_1", "part_of_address", "warning")}
    (contact,) = contacts.of_pupil(desk.vault, pupil_id(desk, ANN))
    assert contact.address_lines == ("9 Mill Lane", "Larkfield", "AL28 3QN")
    bring(desk, f"{head}|4 Larch Way||AL30 1AA")
    (contact,) = contacts.of_pupil(desk.vault, pupil_id(desk, ANN))
    assert contact.address_lines == ("4 Larch Way", "AL30 1AA")


def test_a_row_finds_its_contact_whatever_the_case_and_the_apostrophe(desk: Desk) -> None:
    bring(desk, f"upn|surname|forename|relationship|mobile\n{ANN}|O’Hara|Eve|PAM|07700 900501")
    again = bring(desk, f"upn|surname|forename|relationship|mobile|order\n{TEMPORARY}|O'HARA|EVE|mother||2", accept="mine")
    assert counts(again) == (1, 0, 0, 1, 0)
    theirs = bring(desk, f"upn|surname|forename|relationship|mobile|order\n{ANN}|O’Hara|Eve|mother||2")
    assert counts(theirs) == (1, 0, 1, 0, 0)
    (contact,) = contacts.of_pupil(desk.vault, pupil_id(desk, ANN))
    assert (contact.order, contact.mobile) == (2, "07700 900501")


def test_another_relationship_is_another_contact(desk: Desk) -> None:
    rows = f"upn|surname|relationship\n{ANN}|Hall|PAM\n{ANN}|Hall|STM\n{ANN}|hall|pam"
    outcome = bring(desk, rows)
    assert counts(outcome) == (3, 2, 0, 0, 1)
    assert errors(outcome) == {(4, "", "duplicate_in_file")}
    assert counts(bring(desk, rows)) == (3, 0, 0, 2, 1)


def test_rows_of_nobody_and_rows_with_errors_are_refused(desk: Desk) -> None:
    outcome = bring(
        desk, f"upn|surname|relationship|order\n{CAT}|Hall|PAM|1\n{ANN}||PAM|1\n{ANN}|Hall|Mum|1\n|Hall|PAM|\n{ANN}|Hall|PAM|first"
    )
    assert counts(outcome) == (5, 0, 0, 0, 5)
    assert errors(outcome) == {
        (2, "upn", "no_such_pupil"),
        (3, "surname", "missing"),
        (4, "relationship", "unknown_code"),
        (5, "upn", "missing"),
        (6, "order", "unknown_code"),
    }


COURT = "upn|surname|forename|relationship|Court Order\n"


def test_each_yes_about_an_order_on_a_row_that_goes_in_protects_and_changes_no_count(desk: Desk) -> None:
    rows = f"{COURT}{ANN}|Hall|Eve|PAM|No\n{ANN}|Hall|Max|PAF|Yes\n{BEN}|Ivy|Tom|PAF|Y\n{CAT}|Jay|Jo|PAF|Yes\n{ANN}|Hall||Dad|Yes\n{ANN}|Hall|Max|PAF|Yes"
    dry = bring(desk, rows, dry_run=True)
    assert orders(desk) == []
    outcome = bring(desk, rows)
    assert counts(dry) == counts(outcome) == (6, 3, 0, 1, 2)
    assert orders(desk) == [(ANN, "Max Hall"), (BEN, "Tom Ivy")]
    assert (1, "Court Order", "unknown_column", "warning") in told(outcome)
    logged = [row["object_id"] for row in ledger.log_rows(desk.vault) if row["action"] == "set-protection"]
    assert sorted(logged) == sorted([pupil_id(desk, ANN), pupil_id(desk, BEN)])


def test_an_order_in_force_is_not_put_twice_and_an_unchanged_row_still_brings_one(desk: Desk) -> None:
    rows = f"{COURT}{ANN}|Hall|Max|PAF|Yes"
    bring(desk, rows.replace("Court Order", "Tutor House"))
    assert orders(desk) == []
    assert counts(bring(desk, rows)) == (1, 0, 0, 1, 0)
    assert counts(bring(desk, rows)) == (1, 0, 0, 1, 0)
    assert orders(desk) == [(ANN, "Max Hall")]
    (held,) = protections.of_pupil(desk.vault, pupil_id(desk, ANN), desk.today)
    lift_protection(desk, held.id, "checked: none")
    bring(desk, rows)
    assert orders(desk) == [(ANN, "Max Hall")]


def test_other_words_about_an_order_protect_too_and_are_warned_of(desk: Desk) -> None:
    outcome = bring(desk, f"{COURT}{ANN}|Hall|Max|PAF|see the file\n{ANN}|Hall|Eve|PAM|n/a\n{BEN}|Ivy|Tom|PAF|-")
    assert orders(desk) == [(ANN, "Max Hall")]
    assert {p for p in told(outcome) if p[0] != 1} == {(2, "", "order_unclear", "warning")}


def test_an_order_told_of_a_pupil_protects_the_pupil(desk: Desk) -> None:
    run_import(desk, "pupils", table(f"surname|forename|dob|upn|Injunction\nIvy|Ben|1/2/2012|{BEN}|yes"))
    assert orders(desk) == [(BEN, "")]


def test_strict_with_an_error_puts_no_order(desk: Desk) -> None:
    assert counts(bring(desk, f"{COURT}{ANN}|Hall|Max|PAF|Yes\n{CAT}|Jay|Jo|PAF|No", strict=True)) == (2, 0, 0, 0, 2)
    assert orders(desk) == []


def test_another_postcode_of_a_place_elsewhere_which_has_no_other_line_is_a_cell_like_any(desk: Desk) -> None:
    head = f"upn|provider|start_date|ukprn|postcode\n{ANN}|Larkrock Climbing|5/9/2026|10001234"
    for postcode in ("AL28 3QN", "AL30 1AA"):
        assert told(run_import(desk, "placements", table(f"{head}|{postcode}"))) == set()
    (place,) = several.of_pupil(desk.vault, Placement, pupil_id(desk, ANN))
    assert place.postcode == "AL30 1AA"
