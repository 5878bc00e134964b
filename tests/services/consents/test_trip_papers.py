"""The list for the leader of a trip: who comes first, what to know and to do, and whom to call."""

from dataclasses import replace
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthAnswer, HealthItem, Medicine
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.services.care import cards, health
from pupil_desk.services.consents import asking, giving, occasions, standings, trip_papers
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.store.rows import several
from tests.documents.checking import assert_accessible
from tests.services.consents.conftest import CLIMB, Family
from tests.services.consents.saying import answered, record_said
from tests.services.exports.made import DAY


def test_the_list_for_the_leader_of_one_with_a_diet_alone_says_that_allergies_are_to_be_asked_about(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="D", what="No gluten"))
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert "No gluten\nallergies, conditions: not recorded, ask" in said


def test_a_person_or_body_is_given_no_list_for_a_leader(family: Family) -> None:
    body = occasions.add(family.unit.desk, replace(CLIMB, consent_type="named-sharing", name="Acme Garage"), [family.ben.id])[1]
    with pytest.raises(WrongUse, match="trips alone"):
        trip_papers.paper(family.unit.desk, body)


def test_the_list_for_the_leader_has_who_comes_what_to_know_and_whom_to_call(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="A", what="Peanuts", severity="LIFE"))
    health.add_medicine(desk, Medicine(pupil_id=family.ben.id, name="EpiPen", dose="1", taken="in an emergency"))
    health.add_medicine(
        desk, Medicine(pupil_id=family.ben.id, name="Buccal midazolam", dose="5 mg", taken="when a seizure lasts 5 minutes")
    )
    for what, severity, steps in (
        ("Migraine", "MILD", "Lie down in a dark room"),
        ("Epilepsy", "MOD", "After five minutes, midazolam"),
        ("Diabetes", "SEV", "A sweet drink"),
    ):
        health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="C", what=what, severity=severity, emergency=steps))
    pupils.save_pupil(desk, replace(pupils.record(desk, family.ben.id).pupil, medical="Faints in the heat"))
    story, title = trip_papers.paper(desk, trip)
    said = plain_text(story)
    assert "Faints in the heat" in said
    assert title == "Climbing at Larkrock"
    for words in (
        "May come: 1",
        "Ash, Ben",
        "LIFE-THREATENING allergy: Peanuts\nEpiPen: not agreed to. Call 999 at once, and give it only when they say so.",
        "Migraine (mild)\n1. Lie down in a dark room",
        "Epilepsy (moderate)\nBuccal midazolam: not agreed to. Call 999 at once, and give it only when they say so.\n1. Call 999 at once, and the medicine only when they say so: After five minutes",
        "SEVERE condition: Diabetes\n1. A sweet drink",
        "takes EpiPen, 1, in an emergency; kept: Not known (not agreed: not given, unless 999 tells us to)",
        "Mrs Ruth Ash",
        "07700\N{NO-BREAK SPACE}900123",
        "Not asked yet, so may not come: 1",
        "Cole, Ada",
    ):
        assert words in said
    assert "Does not come" not in said
    assert "No answer" not in said, "nobody asked Ada or her mother"
    assert "protected" not in said
    assert_accessible(build_pdf(story, title=title, page_size=trip_papers.LYING, base_size=trip_papers.BASE))
    ada = {"pupil_id": family.ada.id, "giver": family.carol.id}
    record_said(desk, [ConsentEntry(**ada, consent_type="trip", step="asked", day=DAY, channel="form", occasion_id=trip)])
    assert "No answer, so may not come: 1" in plain_text(trip_papers.paper(desk, trip)[0])
    trip_papers.log_printed(desk, standings.of_occasion(desk, trip))
    assert "not recorded: ask" not in said
    assert family.unit.log()[-1][2] == "trip list printed"


def test_the_leader_is_told_what_to_do_in_the_words_of_the_first_aid_card_and_the_grave_leads(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    for kind, what, severity, steps, plan in (
        ("C", "Asthma", "MOD", "Two puffs.", None),
        ("C", "Epilepsy", "SEV", None, None),
        ("C", "Diabetes", "SEV", None, "In the blue folder"),
        ("A", "Peanuts", "LIFE", "Pen into the thigh.\nCall 999.", None),
        ("A", "Bee stings", None, "Keep calm.", None),
        ("C", "Hay fever", "MILD", None, "Ask the nurse"),
    ):
        health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind=kind, what=what, severity=severity, emergency=steps, plan=plan))
    said, card = plain_text(trip_papers.paper(desk, trip)[0]), plain_text(cards.first_aid(desk, [family.ben.id])[0])
    order = ["LIFE-THREATENING allergy: Peanuts", "1. Pen into the thigh.", "2. Call 999.", "SEVERE condition: "]
    order += ["Allergy: Bee stings (how grave is not recorded)", "1. Keep calm.", "Asthma (moderate)", "1. Two puffs."]
    order.append("Condition, mild: Hay fever. Ask the nurse")
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    for words in (
        "LIFE-THREATENING allergy: Peanuts",
        "Pen into the thigh.",
        "SEVERE condition: Epilepsy",
        "SEVERE condition: Diabetes",
        "Allergy: Bee stings (how grave is not recorded)",
        "In the blue folder",
        "It is not recorded what to do first. In danger, call 999; then tell the office.",
    ):
        assert words in said
        assert words in card
    assert said.count("It is not recorded what to do first.") == card.count("It is not recorded what to do first.") == 1


def test_whoever_has_something_grave_comes_first_on_the_list_for_the_leader(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    mother = family.unit.contact(family.ada, "Cole", forename="Pat", parental_responsibility=True)
    record_said(
        desk,
        [
            ConsentEntry(
                pupil_id=family.ada.id, consent_type="trip", step="given", giver=mother.id, day=DAY, channel="form", occasion_id=trip
            )
        ],
    )
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert "stand first" not in said
    assert said.index("Ash, Ben") < said.index("Cole, Ada")
    trip_subject = asking.subject_of(desk, f"trip/{trip}")
    assert [row.pupil.forename for row in asking.stands_of(desk, trip_subject)] == ["Ben", "Ada"]
    health.add_item(desk, HealthItem(pupil_id=family.ada.id, kind="C", what="Epilepsy", severity="SEV"))
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert said.index("life-threatening or severe stand first") < said.index("Cole, Ada") < said.index("Ash, Ben")
    assert [row.pupil.forename for row in asking.stands_of(desk, trip_subject)] == ["Ben", "Ada"]  # in the window by name
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="A", what="Penicillin"))
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert said.index("Ash, Ben") < said.index("Cole, Ada"), "an allergy that nobody has graded may be grave"


def test_the_list_for_the_leader_says_what_is_so_on_the_days_of_the_trip(family: Family) -> None:
    desk, ben = family.unit.desk, family.ben.id
    trip = occasions.add(desk, replace(CLIMB, end=date(2026, 12, 5)), [ben])[1]
    answered(family, trip, giver=family.dad.id)
    for surname, since in (("Then", date(2026, 12, 1)), ("Later", date(2026, 12, 6))):
        barred = family.unit.contact(family.ben, surname, forename="Max", mobile="07700 900555")
        protections.set_protection(desk, Protection(pupil_id=ben, kind="order", contact_id=barred.id, reason="Court", since=since))
    health.add_item(desk, HealthItem(pupil_id=ben, kind="A", what="Wasps", start_date=date(2026, 12, 5)))
    health.add_item(desk, HealthItem(pupil_id=ben, kind="C", what="Broken toe", end_date=date(2026, 12, 2)))
    for name, expiry, until in (
        ("Drops", None, date(2026, 12, 2)),
        ("Inhaler", date(2026, 12, 2), None),
        ("Syrup", None, date(2026, 12, 3)),
        ("Tablets", date(2026, 12, 3), date(2026, 12, 3)),
        ("Cream", date(2026, 12, 4), None),
    ):
        health.add_medicine(
            desk,
            Medicine(
                pupil_id=ben,
                name=name,
                dose="1",
                taken="At noon",
                expiry=expiry,
                end_date=until,
                consented_by=family.dad.full_name,
                consented_on=DAY,
            ),
        )
    said = plain_text(trip_papers.paper(desk, trip)[0])
    for words in (
        "Max Later",
        "Allergy: Wasps (how grave is not recorded)",
        "takes Inhaler, 1, at noon; kept: Not known (past its use-by day, 2 December 2026: we do not give it",
        "takes Syrup, 1, at noon; kept: Not known (agreed: we give it)",
        "takes Tablets, 1, at noon; kept: Not known (agreed: we give it)",
        "takes Cream, 1, at noon; kept: Not known (in date until 4 December 2026: we give it until then, and afterwards only if 999 tells us to)",
    ):
        assert words in said, words
    for words in ("Max Then", "Broken toe", "Drops"):
        assert words not in said, words
    with desk.vault.transaction():  # on the last day it is the pupil's own decision
        desk.vault.execute("UPDATE pupil SET dob = '2010-12-05' WHERE id = ?", (ben,))
    medicines = {medicine.name: medicine for medicine in several.of_pupil(desk.vault, Medicine, ben)}
    rule = giving.rule_for(desk, list(medicines.values()), date(2026, 12, 3), date(2026, 12, 5))
    assert "(agreed until 4 December 2026: we" in rule.kept_at(replace(medicines["Cream"], expiry=None))
    assert rule.may_be_given(medicines["Syrup"])
    pen, wasps = (
        replace(medicines["Cream"], name="EpiPen"),
        HealthItem(kind="A", what="Wasps", severity="LIFE", emergency="Give the pen\nCall 999"),
    )
    assert rule.cautions(wasps, HealthAnswer(medicines=(pen,))) == (
        "EpiPen: until 4 December 2026 give it; from 5 December 2026 call 999 at once, and give it only when they say so.",
    ), "on the days when it may be given nobody waits for 999"
    on_later_days = ("From 5 December 2026 call 999 at once, and the medicine only when they say so: Give the pen", "Call 999")
    assert rule.steps(wasps, HealthAnswer(medicines=(pen,))) == on_later_days
    nobody = replace(rule, agreed_until={})
    for name, steps, held_back in (
        ("Jext", "Use it in the thigh", True),
        ("Jext", "Adrenaline at once", True),
        ("Jext", "Call 999 and say “anaphylaxis”", False),
        ("Emergency inhaler", "Ring the emergency contact", False),
    ):
        of_name = replace(pen, name=name, taken="In an allergic reaction")
        (step,) = nobody.steps(replace(wasps, emergency=steps), HealthAnswer(medicines=(of_name,)))
        assert step == (f"Call 999 at once, and the medicine only when they say so: {steps}" if held_back else steps)
    agreed = replace(pen, id="agreed", name="Piriton", taken="In an allergic reaction", expiry=None)
    both = replace(rule, agreed_until={"agreed": date(2026, 12, 5)}).steps(
        replace(wasps, emergency="Piriton, swallow it\nThen the pen"), HealthAnswer(medicines=(agreed, pen))
    )
    assert both == ("Piriton, swallow it", "Call 999 at once, and the medicine only when they say so: Then the pen"), (
        "only the one that is not agreed to waits"
    )
    inhaler = replace(agreed, name="Salbutamol inhaler", taken="As needed")
    (step,) = replace(rule, agreed_until={"agreed": date(2026, 12, 5)}).steps(
        replace(wasps, emergency="Give blue inhaler"), HealthAnswer(medicines=(inhaler, pen))
    )
    assert step == "Give blue inhaler", "another that is agreed to is not taken for the pen"


def test_a_step_that_means_the_reliever_waits_for_999_unless_one_is_agreed_to() -> None:
    puffs, day = "Two puffs of the reliever through the spacer", date(2026, 12, 2)
    asthma = HealthItem(kind="C", what="Asthma", severity="MOD", emergency=puffs)
    inhaler = Medicine(id="inhaler", name="Salbutamol inhaler", dose="2 puffs", taken="As needed")
    preventer = replace(inhaler, id="preventer", name="Clenil inhaler", taken="Two puffs each morning")
    ventolin, soprobec = replace(inhaler, id="ventolin", name="Ventolin"), replace(preventer, id="soprobec", name="Soprobec inhaler")
    waits, held = f"Call 999 at once, and the medicine only when they say so: {puffs}", ["Salbutamol inhaler"]
    for medicines, agreed_id, step, cautioned in (
        ((inhaler,), "", waits, held),
        ((inhaler,), "inhaler", puffs, []),
        ((inhaler, preventer), "preventer", waits, held),
        ((inhaler, preventer), "inhaler", puffs, []),
        ((inhaler, ventolin), "ventolin", puffs, held),
        ((inhaler, soprobec), "soprobec", waits, held),
    ):
        rule, answer = giving.GivingRule({agreed_id: day}, day, day), HealthAnswer(medicines=medicines)
        assert rule.steps(asthma, answer) == (step,), agreed_id
        assert [words.partition(":")[0] for words in rule.cautions(asthma, answer)] == cautioned, agreed_id
    blue = replace(asthma, severity="SEV", emergency="Give 2 puffs of the blue inhaler")
    rule, answer = giving.GivingRule({"inhaler": day}, day, day), HealthAnswer(medicines=(inhaler, preventer))
    assert (rule.steps(blue, answer), rule.cautions(blue, answer)) == ((blue.emergency,), ())
    piriton = Medicine(id="piriton", name="Piriton", dose="4 mg", taken="In an allergic reaction, to relieve itching")
    itching = HealthItem(kind="A", what="Hay fever", severity="MOD", emergency="Give Piriton to relieve the itching")
    rule, answer = giving.GivingRule({"piriton": day}, day, day), HealthAnswer(medicines=(inhaler, piriton))
    assert (rule.steps(itching, answer), rule.cautions(itching, answer)) == ((itching.emergency,), ())
    assert rule.steps(asthma, answer) == (waits,)
    of_another = ("The preventer, two puffs",)
    assert giving.GivingRule({}, day, day).steps(replace(asthma, emergency=of_another[0]), HealthAnswer(medicines=(inhaler,))) == of_another


def test_the_leader_is_told_where_nothing_is_recorded(family: Family, trip: str) -> None:
    answered(family, trip)
    assert "not recorded: ask" in plain_text(trip_papers.paper(family.unit.desk, trip)[0])


def test_the_leader_is_warned_of_someone_protected_and_not_told_to_call_who_is_barred(family: Family, trip: str) -> None:
    answered(family, trip)
    family.unit.protect(family.ben, "order", family.mum)
    said = plain_text(trip_papers.paper(family.unit.desk, trip)[0])
    assert "Someone on this list is protected" in said
    assert "900123" not in said
