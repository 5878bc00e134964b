"""What was told by word: in four fields, judged before it is kept where it rests on a consent, struck out and never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.items import Category
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.consents import occasions
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.disclosures import by_hand, told
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.notices import notice_text
from pupil_desk.services.requests import recipients
from pupil_desk.services.unit import settings
from tests.services.consents.conftest import Family, _pattern, family
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY

__all__ = ["_pattern", "family"]  # fixtures


def made(family: Family, **changes: object) -> ByHand:
    entry = ByHand(
        pupil_id=family.ben.id,
        recipient=" Larkfield  Police ",
        kinds=("attendance", "contact-details"),
        purpose="To find Ben",
        basis="vital",
        way="phone",
        on=DAY,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def test_it_stands_in_the_log_the_sheet_and_the_list_of_whom_to_tell(family: Family) -> None:
    office = family.unit.as_role(Role.OFFICE)
    by_hand.keep(office, made(family))
    (line,) = told.log(office, pupil_id=family.ben.id)
    assert (line.recipient, line.way, line.what, line.purpose) == ("Larkfield Police", "By telephone", "By telephone", "To find Ben")
    assert line.fields == ("attendance", "address and telephone")
    assert line.law == "A life is in danger: Article 6(1)(d)"
    assert (line.without_consent, line.by_hand, line.told_by) == (False, True, "Colleague office")
    section = next(section for section in sheet.everything(office, family.ben.id) if section.name == "disclosures")
    assert section.entries[0].as_kept()["recipient"] == "Larkfield Police"
    assert [one.recipient for one in recipients.who_had(office, family.ben.id)] == ["Larkfield Police"]
    assert by_hand.names_told(office) == ["Larkfield Police"]
    assert [one.pupil_id for one in told.log(office, Days(DAY, DAY), recipient="Larkfield Police")] == [family.ben.id]
    assert told.log(office, Days(DAY - timedelta(days=9), DAY - timedelta(days=1))) == []
    assert told.log(office, Days(DAY, DAY), pupil_id=family.ada.id) == []


def test_without_a_consent_in_force_it_says_so_first_and_keeps_that_fact(family: Family) -> None:
    desk = family.unit.desk
    _changed, acme = occasions.add(desk, Occasion(consent_type="named-sharing", name="Acme Garage"), [family.ben.id])
    entry = made(family, recipient="Acme Garage", basis="consent", consent=f"named-sharing|{acme}|")
    words = "No consent was in force on that day: the consent has not been asked for. Nobody has been asked yet."
    assert by_hand.warning(desk, entry) == words
    with pytest.raises(WrongUse, match="No consent was in force"):
        by_hand.keep(desk, entry)
    assert told.log(desk, pupil_id=family.ben.id) == []
    by_hand.keep(desk, entry, anyway=True)
    (line,) = told.log(desk, pupil_id=family.ben.id)
    assert (line.without_consent, line.reason) == (True, words)
    assert line.law == "UK GDPR Article 6(1)(a): Telling a named person or body: Acme Garage"
    assert ("record-disclosure", family.ben.id, "by phone, without a consent in force") in family.unit.log()

    record_said(
        desk,
        [
            ConsentEntry(
                pupil_id=family.ben.id,
                consent_type="named-sharing",
                step="given",
                giver=family.mum.id,
                day=DAY,
                channel="form",
                occasion_id=acme,
            )
        ],
    )
    assert by_hand.warning(desk, entry) == ""
    assert by_hand.warning(desk, replace(entry, on=DAY - timedelta(days=1))) != ""  # the day told is the day judged
    by_hand.keep(desk, entry)
    assert [one.without_consent for one in told.log(desk, pupil_id=family.ben.id)] == [False, True]


def test_a_line_is_struck_out_and_stays_to_be_seen(family: Family) -> None:
    desk, office = family.unit.desk, family.unit.as_role(Role.OFFICE)
    by_hand.keep(desk, made(family))
    (line,) = told.log(desk, pupil_id=family.ben.id)
    with pytest.raises(NotAllowed):
        by_hand.strike(office, line.seq, "Not mine")
    with pytest.raises(WrongUse, match="few words"):
        by_hand.strike(desk, line.seq, " ")
    by_hand.strike(desk, line.seq, "It was Ada")
    (struck,) = told.log(desk, pupil_id=family.ben.id)
    assert struck.struck == "It was Ada"
    assert told.sentence(struck).startswith("Struck out, and counts no more: It was Ada")
    assert recipients.who_had(desk, family.ben.id) == []
    assert told.recipients(desk) == []
    with pytest.raises(WrongUse, match="only once"):
        by_hand.strike(desk, line.seq, "Again")
    by_hand.keep(office, made(family))
    own = told.log(office, pupil_id=family.ben.id)[0]
    by_hand.strike(office, own.seq, "My mistake")  # one's own
    with pytest.raises(Exception, match="append-only"), desk.vault.transaction():
        desk.vault.execute("DELETE FROM disclosure_strike")


def test_each_field_says_what_it_lacks(family: Family) -> None:
    empty = ByHand(pupil_id=family.ben.id, recipient="", kinds=(), purpose="", basis="", way="", on=DAY + timedelta(days=1))
    assert {problem.column for problem in by_hand.problems(family.unit.desk, empty)} == {
        "recipient",
        "kinds",
        "purpose",
        "basis",
        "way",
        "on",
    }
    for changed in ({"kinds": ("shoe-size",)}, {"way": "export"}, {"basis": "consent"}, {"recipient": "x" * 101}, {"law": "x" * 256}):
        with pytest.raises(Refused):
            by_hand.keep(family.unit.desk, made(family, **changed))


@pytest.mark.parametrize("to", [name for name, one in register().items() if one.by_hand and name not in ("family", "pupil", "other")])
def test_only_the_kinds_of_data_that_the_notice_names_for_a_recipient_are_entered(family: Family, to: str) -> None:
    desk = family.unit.desk
    if setting := register()[to].setting:
        settings.save_settings(desk, replace(desk.settings, **{setting: "Larkfield"}))
    annex = notice_text.annex_of(desk.settings, DAY, promised_exports(desk), desk.schedule)
    named = {item for row in annex.recipients if register()[to].label in row.name for item in (*row.minimum, *row.full)}
    categories = {row.category for row in annex.items if named & set(row.labels)}
    allowed = by_hand.kinds_named(desk, to)
    if to not in ("authority", "next-school", "dfe", "lrs", "register"):  # whom the annex names by the files that go to them
        assert {Category[kind.upper().replace("-", "_")].value for kind in allowed} == categories
    assert 0 < len(allowed) < len(codelist("disclosed_kind").codes)
    for kind in codelist("disclosed_kind").codes:
        entry = made(family, to=to, recipient="", kinds=(kind,), basis="public-task")
        refused = [problem.message for problem in by_hand.problems(desk, entry) if problem.column == "kinds"]
        assert bool(refused) == (kind not in allowed)
        assert all(words.startswith("The notice does not say that they are told this: ") for words in refused)
        on_a_ground = replace(entry, basis="vital")
        assert not by_hand.problems(desk, on_a_ground)


def test_that_a_law_demands_it_is_a_ground_for_more_only_where_the_law_is_named(family: Family) -> None:
    entry = made(family, to="authority", recipient="", kinds=("notes",), basis="legal-obligation")
    with pytest.raises(Refused):
        by_hand.keep(family.unit.desk, entry)
    by_hand.keep(family.unit.desk, replace(entry, law="Children Act 1989, section 47"))
