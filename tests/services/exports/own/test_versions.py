"""Exports of the unit's own: only with the consent on which they rest, only as approved, and named in the notice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.notices.change import differences
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.disclosures import told
from pupil_desk.services.exports import EXPORTS, all_exports, export_named, listing, promised_exports, run_export
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.exports.kept.comparing import compare
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.own import versions
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.governance import papers
from pupil_desk.services.notices import notice_digests, notice_editions
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, Unit, new_unit
from tests.services.exports.own.garage import COLUMNS, NAMES, SPRING, Garage, written


@pytest.fixture
def garage(unit: Unit) -> Garage:
    return Garage(unit)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Garage]:
    made = Garage(new_unit(tmp_path_factory.mktemp("own") / "unit" / "unit.pupildesk"))
    yield made
    made.desk.vault.close()


def test_it_carries_exactly_the_pupils_with_the_consent_and_a_withdrawal_takes_one_row(garage: Garage, stick: Path) -> None:
    acme = garage.asked()
    garage.said(acme, "Ada", "given")
    garage.said(acme, "Ben", "given")
    garage.said(acme, "Cem", "refused")
    name = garage.approved(garage.export(acme)).own_export
    assert name == "own-placements"
    refused, silent = {"Cem": "the consent was refused"}, {"Dee": "the consent has not been asked for"}
    assert garage.going(name) == (["Ada", "Ben"], refused | silent)

    made = run_export(garage.desk, name, stick, ExportOrder(reason="Placements in spring", plain=True))
    (file,) = stick.glob("own-placements-*.csv")
    assert file.read_bytes() == "\ufeffSurname,Forename,Here since\r\nQuill,Ada,2026-09-02\r\nQuill,Ben,2026-09-02\r\n".encode()
    assert "only those of whom there is a yes on the day to: Telling a named person or body: Acme Garage" in " ".join(
        made.receipt_text.split()
    )
    assert "UK GDPR Article 6(1)(a): Telling a named person or body: Acme Garage" in " ".join(made.receipt_text.split())
    assert not any(forename in made.receipt_text for forename in NAMES)
    (line,) = told.log(garage.desk, recipient="Acme Garage")[1:]
    assert (line.what, line.law) == ("Placements", "UK GDPR Article 6(1)(a): Telling a named person or body: Acme Garage")

    garage.said(acme, "Ada", "withdrawn", DAY)
    assert garage.going(name) == (["Ben"], {"Ada": "the consent was withdrawn"} | refused | silent)
    assert garage.going(name, DAY - timedelta(days=1)) == garage.going(name)  # a yes of yesterday that was taken back is no yes
    left = export_named(garage.desk, name).select(garage.desk, Ask(day=DAY)).left_out[0]
    assert left.reason == "The consent was withdrawn. Mo0 Quill took the yes back on 24 November 2026."
    names, made = written(garage, name, stick)
    assert names == ["Ben"]  # the file has one row less, and its receipt says why
    assert f"{garage.pupils['Ada'].ref}: the consent was withdrawn" in made.receipt_text
    assert made.receipt_text.count("the consent was") == 2


def test_of_a_leaver_an_earlier_day_sends_nothing_that_no_yes_covers_any_more(garage: Garage) -> None:
    for forename, step, day in (("Ada", "given", SPRING), ("Ben", "given", SPRING), ("Ada", "withdrawn", DAY)):
        said = ConsentEntry(
            pupil_id=garage.pupils[forename].id, consent_type="trips", step=step, giver=garage.mothers[forename].id, day=day, channel="form"
        )
        record_said(garage.desk, [said])
    acme = garage.asked()
    garage.said(acme, "Ada", "given")
    garage.said(acme, "Ben", "given")
    garage.said(acme, "Ada", "withdrawn", DAY)
    with garage.desk.vault.transaction():
        garage.desk.vault.execute("UPDATE enrolment SET end_date = ?", ((DAY - timedelta(days=1)).isoformat(),))
    for export in (garage.export("", consent="trips||"), garage.export(acme, title="Placements of leavers")):
        going, left_out = garage.going(garage.approved(export).own_export, DAY - timedelta(days=2))
        assert going == []
        assert (left_out["Ada"], left_out["Ben"]) == ("the consent was withdrawn", "the consent has lapsed")


def test_the_file_has_just_those_whose_yes_is_in_force_that_day(garage: Garage, stick: Path) -> None:
    """A yes that ends that day and the day before; a no taken back that day and the next; a parent's yes on the 16th birthday and before it."""
    for name, dob in (("Eva", date(2010, 11, 24)), ("Fay", date(2010, 11, 25))):
        garage.pupils[name] = garage.unit.pupil("Quill", name, dob)
        garage.mothers[name] = garage.unit.contact(garage.pupils[name], "Quill", forename="Mo", parental_responsibility=True)
    acme = garage.asked()

    def said(name: str, what: str, on: date, giver: str = "", **more: object) -> None:
        one = ConsentEntry(
            pupil_id=garage.pupils[name].id,
            consent_type="named-sharing",
            step=what,
            giver=giver or garage.mothers[name].id,
            day=on,
            channel="form",
            occasion_id=acme,
            **more,
        )  # type: ignore[arg-type]
        record_said(garage.desk, [one])

    said("Ada", "given", SPRING, valid_to=DAY)
    said("Ben", "given", SPRING, valid_to=DAY - timedelta(days=1))
    for name, again in (("Cem", DAY - timedelta(days=1)), ("Dee", DAY)):
        said(name, "refused", DAY - timedelta(days=1))
        said(name, "given", again)
    said("Eva", "given", SPRING)
    said("Fay", "given", SPRING)
    kept = garage.approved(garage.export(acme))
    name = kept.own_export
    assert written(garage, name, stick)[0] == ["Ada", "Dee", "Fay"]
    assert garage.going(name)[1] == {
        "Ben": "the consent has lapsed",
        "Cem": "the consent was refused",
        "Eva": "the consent has not been asked for",
    }
    said("Eva", "given", DAY, giver="pupil")
    names, made = written(garage, name, stick)
    assert names == ["Ada", "Dee", "Eva", "Fay"]
    versions.save(garage.desk, replace(kept, columns=COLUMNS[:1]))
    assert compare(garage.desk, made.export_id).is_same, "a version that waits to be approved is not what it is compared with"


@given(
    said=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["given", "refused", "withdrawn"]), st.integers(0, 40)), max_size=8),
    wish=st.sampled_from(["allow", "restrict", None]),
    day=st.integers(0, 50),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_said_nobody_goes_without_a_yes_in_force(
    shared: Garage, said: list[tuple[str, str, int]], wish: str | None, day: int
) -> None:
    body = shared.asked(f"Body {len(occasions.occasions(shared.desk))}")
    spoken: list[tuple[str, int, bool]] = []
    for name, what, on in said:
        try:
            shared.said(body, name, what, SPRING + timedelta(days=on))
        except WrongUse:  # nothing was given that could be withdrawn, or it stands there already
            continue
        spoken.append((name, on, what != "given"))
    if wish is not None:
        shared.unit.said(shared.pupils["Ada"], wish, on=SPRING + timedelta(days=len(occasions.occasions(shared.desk))))
    found = export_of(shared.export(body)).select(shared.desk, Ask(day=SPRING + timedelta(days=day)))
    yes_then, yes_today = (
        {name for name in NAMES if max(((on, no) for who, on, no in spoken if who == name and on <= until), default=(0, True))[1] is False}
        for until in (day, 50)
    )
    assert [one.pupil.forename for one in found.exported] == [name for name in NAMES if name in yes_then & yes_today]
    assert len(found.exported) + len(found.left_out) == len(NAMES)


def test_only_the_registered_who_meet_the_filter_and_no_protected_pupil(garage: Garage) -> None:
    garage.unit.pupil(
        "Old", "Eva", date(2011, 1, 1), Enrolment(status="P", start_date=date(2025, 9, 2), end_date=date(2026, 7, 1)), year_group="9"
    )
    garage.unit.pupil("Other", "Fay", date(2011, 1, 1), year_group="10")
    garage.unit.protect(garage.pupils["Ben"])
    made = OwnExport(
        title="Meals",
        recipient="Larkfield Kitchen",
        purpose="To cook",
        basis="public-task",
        law="Education Act 1996, section 512",
        columns=(
            OwnColumn("pupil.forename", "Name"),
            OwnColumn("pupil.medical", "Allergies"),
            OwnColumn("contact.forename", "Parent"),
            OwnColumn("contact.address_1", "Home"),
        ),
        conditions=(Condition("year-group", "9"),),
        order="contact.forename",
    )
    with pytest.raises(Refused, match="The law protects this specially"):
        versions.save(garage.desk, made)
    kept = garage.approved(replace(made, condition="Article 9(2)(g), schedule 1 paragraph 18"))
    export = export_named(garage.desk, kept.own_export)
    assert export.law == "Education Act 1996, section 512; specially protected: Article 9(2)(g), schedule 1 paragraph 18"
    assert set(export.items) == {"pupil.forename", "pupil.medical", "contact.forename", "contact.address_1", "pupil.year_group"}
    found = export.select(garage.desk, Ask(day=DAY))
    assert [told.rows[0].cells for told in found.exported] == [
        (name, "Asthma", f"Mo{n}", "4 Larch Way") for name, n in (("Ada", 0), ("Cem", 2), ("Dee", 3))
    ]
    assert [(left.pupil.forename, left.receipt_reason) for left in found.left_out] == [("Ben", "protected, and not confirmed by name")]
    confirmed = export.select(garage.desk, Ask(day=DAY, confirm=frozenset({garage.pupils["Ben"].id})))
    assert [(told.pupil.forename, told.confirmed) for told in confirmed.exported][1] == ("Ben", True)


def test_what_is_not_approved_as_it_is_cannot_be_made(garage: Garage, stick: Path) -> None:
    acme, head, office = garage.asked(), garage.unit.as_role(Role.ASSISTANT_HEAD), garage.unit.as_role(Role.OFFICE)
    with pytest.raises(NotAllowed):
        versions.save(office, garage.export(acme))
    draft = versions.save(head, garage.export(acme))
    with pytest.raises(NotAllowed):
        versions.approve(head, draft.id)
    assert [export.name for export in all_exports(garage.desk)] == [export.name for export in EXPORTS]
    with pytest.raises(WrongUse, match="not approved yet"):
        run_export(garage.desk, draft.own_export, stick, ExportOrder(reason="Too early"))

    versions.approve(garage.desk, draft.id)
    assert "own-placements" in [offer.name for offer in listing.exports(garage.desk)]
    with pytest.raises(WrongUse, match="already"):
        versions.approve(garage.desk, draft.id)
    assert versions.save(head, draft) == versions.version_named(garage.desk, "own-placements")  # nothing changed, nothing kept

    later = versions.save(head, replace(draft, columns=COLUMNS[:1]))
    assert (later.version, later.own_export) == (2, "own-placements")
    with pytest.raises(WrongUse, match="not approved yet"):
        run_export(garage.desk, "own-placements", stick, ExportOrder(reason="Changed since"))
    with pytest.raises(WrongUse, match="since you looked"):
        versions.save(head, replace(draft, purpose="From an old screen"))
    with pytest.raises(WrongUse, match="since you looked"):
        versions.approve(garage.desk, draft.id)
    with pytest.raises(NotAllowed):
        versions.retire(head, later)  # one that was approved once
    versions.retire(garage.desk, later)
    assert versions.own_exports(garage.desk) == []
    assert [(one.version, one.retired, one.approved is not None) for one in versions.history(garage.desk, "own-placements")] == [
        (3, True, False),
        (2, False, False),
        (1, False, True),
    ]
    with pytest.raises(WrongUse, match="out of use"):
        export_named(garage.desk, "own-placements")
    assert list(stick.iterdir()) == []
    with pytest.raises(Exception, match="append-only"), garage.desk.vault.transaction():
        garage.desk.vault.execute("UPDATE own_export SET title = 'x'")


def test_what_is_missing_or_does_not_stand_is_refused(shared: Garage) -> None:
    made = shared.export(shared.asked("Refusals"))
    columns = {
        problem.column for problem in versions.problems(shared.desk, OwnExport(title="", recipient="", purpose="", basis="public-task"))
    }
    assert columns == {"title", "recipient", "purpose", "law", "columns"}
    for changed, column in (
        ({"consent": ""}, "consent"),
        ({"consent": "trip|nowhere|"}, "consent"),
        ({"order": "pupil.dob"}, "order"),
        ({"columns": (*COLUMNS, COLUMNS[0])}, "columns"),
        ({"columns": (OwnColumn("note.text", "Notes"),)}, "columns"),
        ({"basis": "public-task", "law": "Education and Skills Act 2008, section 72", "recipient": "youth  Support SERVICE"}, "recipient"),
        ({"columns": (OwnColumn("pupil.dob", " "),)}, "columns"),
        ({"conditions": (Condition("shoe-size", "9"),)}, "conditions"),
    ):
        assert next(problem.column for problem in versions.problems(shared.desk, replace(made, **changed))) == column


def test_a_consent_out_of_use_lets_nobody_be_approved(garage: Garage) -> None:
    draft = versions.save(garage.desk, garage.export(garage.asked()))
    types.retire(garage.desk, "named-sharing")
    with pytest.raises(Refused, match="no longer in use"):
        versions.approve(garage.desk, draft.id)


def test_an_item_of_which_nothing_is_held_is_not_told(garage: Garage) -> None:
    acme = garage.asked()
    garage.said(acme, "Ada", "given")
    name = garage.approved(
        garage.export(acme, columns=(*COLUMNS, OwnColumn("pupil.email", "E-mail"), OwnColumn("contact.surname", "Parent")))
    ).own_export
    (ada,) = export_named(garage.desk, name).select(garage.desk, Ask(day=DAY)).exported
    assert ada.rows[0].cells == ("Quill", "Ada", date(2026, 9, 2), None, "Quill")
    assert ada.items == ("pupil.surname", "pupil.forename", "enrolment.start_date", "contact.surname")


def test_nobody_goes_by_a_consent_that_was_taken_out_of_use_since(garage: Garage) -> None:
    acme = garage.asked()
    garage.said(acme, "Ada", "given")
    name = garage.approved(garage.export(acme)).own_export
    types.retire(garage.desk, "named-sharing")
    assert garage.going(name) == ([], dict.fromkeys(NAMES, "the consent is no longer in use"))


def test_the_notice_and_the_record_of_processing_name_it_with_its_items(garage: Garage) -> None:
    before = notice_editions.current_edition(garage.desk)
    assert notice_digests.digests(garage.desk.settings, garage.desk.today) == notice_digests.digests(
        garage.desk.settings, garage.desk.today, exports=promised_exports(garage.desk)
    )
    said = notice_editions.said_now(garage.desk)
    acme = garage.asked()
    draft = versions.save(garage.desk, garage.export(acme))
    assert notice_editions.current_edition(garage.desk).digest == before.digest  # a draft promises nothing
    versions.approve(garage.desk, draft.id)
    (change,) = differences(said, notice_editions.said_now(garage.desk), notice_editions.details())
    assert change.words == (
        "Acme Garage may now be told of pupils: “Legal surname”, “Legal forename” and “Starting day”. On what law: "
        "Only with your consent. UK GDPR Article 6(1)(a): Telling a named person or body: Acme Garage"
    )
    row = next(row for row in papers.recipient_rows(garage.desk) if row[0] == "Acme Garage")
    assert row[1].startswith("Only with your consent.")
    assert any("Acme Garage" in row[5] for row in papers.activity_rows(promised_exports(garage.desk)))

    promised = notice_editions.said_now(garage.desk)
    later = versions.save(garage.desk, replace(draft, columns=(*COLUMNS, OwnColumn("pupil.dob", "Born"))))
    assert notice_editions.said_now(garage.desk) == promised  # what was approved last still holds
    versions.approve(garage.desk, later.id)
    (more,) = differences(promised, notice_editions.said_now(garage.desk), notice_editions.details())
    assert more.words == "Acme Garage may now be told more: “Date of birth”."
