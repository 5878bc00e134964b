"""The report to the parents: to whom it goes, from which account, what is taken out of it and may stand, and that it is logged and recorded."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.incidents.incident import IN_REPORT, OF_SEARCH, Incident, IncidentEvent, IncidentEventKind, is_ordinary
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.withholding import sentence_around
from pupil_desk.services.disclosures import told
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.incidents import authority_report, letters_home, locked_report, naming, recording, report, standing, told_account
from pupil_desk.services.incidents.naming import NamedPlace
from tests.domain.incidents.test_incident import WHOLE
from tests.services.exports.made import DAY, Unit
from tests.services.incidents.test_report_names import entered, same_words
from tests.services.packs.test_writing import text_of

ACCOUNT = "Will Rose pushed Bea. The teacher, Ann Officer, said that he will calm down. A rose fell. Cleo Ash saw it."

PLAIN = dict.fromkeys(("force_kind", "force_degree", "began", "minutes", "necessary", "needs", "triggers")) | {"force": False}
ORDINARY_KINDS = tuple(code for code in codelist("incident_kind").codes if is_ordinary(code))


def papers(unit: Unit, entry_id: str, *stays: NamedPlace) -> list[HouseholdPaper]:
    return list(report.letters(unit.desk, entry_id, [named.place for named in stays], own_words=same_words(unit, entry_id)))


def text(unit: Unit, entry_id: str, *stays: NamedPlace) -> str:
    (paper,) = papers(unit, entry_id, *stays)
    paper.pdf()  # read again, so that what stands must be what was let stand
    return " ".join(plain_text(paper.story).split())


def event(unit: Unit, entry_id: str, kind: IncidentEventKind, **items: object) -> None:
    recording.record(unit.desk, [IncidentEvent(**{"entry_id": entry_id, "kind": kind, "on": DAY, **items})])  # type: ignore[arg-type]


def test_each_household_has_one_and_none_goes_to_whom_it_is_kept_from(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    father = unit.contact(bea, "Quill", forename="Ned", parental_responsibility=True, address_1="3 Hill", postcode="SG4 7HB")
    barred = unit.contact(bea, "Grey", forename="Al", parental_responsibility=True, address_1="5 Hill", postcode="SG4 7HA")
    unit.contact(bea, "Marl", forename="Eve", address_1="7 Hill", postcode="SG4 7HD")
    unit.protect(bea, "order", barred)
    entry_id = entered(unit, bea, [will])
    assert [paper.letter.addressee for paper in papers(unit, entry_id)] == ["Ada Quill", "Ned Quill"]
    event(unit, entry_id, IncidentEventKind.WITHHELD, contact_id=father.id, who="Ann Officer", note="He hit Bea when he was told before.")
    assert [paper.letter.addressee for paper in papers(unit, entry_id)] == ["Ada Quill"]


def test_of_two_in_one_household_only_who_may_be_told_is_named(unit: Unit, bea: Pupil, mother: Contact) -> None:
    father = unit.contact(bea, "Quill", forename="Ned", parental_responsibility=True, lives_with=True)
    entry_id = entered(unit, bea, [])
    assert [paper.letter.addressee for paper in papers(unit, entry_id)] == ["Ada Quill and Ned Quill"]
    event(unit, entry_id, IncidentEventKind.WITHHELD, contact_id=father.id, who="Ann Officer", note="Harm.")
    assert [paper.letter.addressee for paper in papers(unit, entry_id)] == ["Ada Quill"]


def test_where_a_letter_or_a_report_goes_to_nobody_it_says_why(unit: Unit, bea: Pupil) -> None:
    entry_ids = [entered(unit, bea, [], part="hurt", **PLAIN), entered(unit, bea, [])]

    def said() -> set[str]:
        hurt, held = recording.of_pupil(unit.desk, bea.id)
        of_held = {*standing.not_reported(unit.desk, [held], ()).values()}
        assert {*letters_home.why_none(unit.desk, [held], ()).values()} == of_held, "it sends nobody to a report that is not made either"
        instead = " Tell the authority instead, and record it in the window, under Incidents."
        return {
            *letters_home.why_none(unit.desk, [hurt], ()).values(),
            *(words.removesuffix(instead) for words in of_held if instead in words),
        }

    assert said() == {"There is nobody to whom it goes: no parent is on file."}
    mother = unit.contact(bea, "Quill", forename="Ada", parental_responsibility=True, lives_with=True)
    for entry_id in entry_ids:
        event(unit, entry_id, IncidentEventKind.WITHHELD, contact_id=mother.id, who="Ann Officer", note="Harm.")
    assert said() == {"There is nobody to whom it goes: it is withheld from a parent."}
    unit.protect(bea, "order", unit.contact(bea, "Grey", forename="Al", parental_responsibility=True))
    assert said() == {"There is nobody to whom it goes: it is withheld from a parent and a parent is under an order or restriction."}
    event(unit, entry_ids[-1], IncidentEventKind.TOLD_AUTHORITY, who="The duty officer", way="email")
    assert standing.why_no_report(unit.desk, recording.of_pupil(unit.desk, bea.id)[-1]).endswith("was told instead, on 24 November 2026.")
    entered(unit, bea, [], day=date(2026, 3, 2), part="hurt")
    *_later, before = sorted(recording.of_pupil(unit.desk, bea.id), key=lambda case: case.now.day, reverse=True)
    assert [*standing.not_reported(unit.desk, [before], ()).values()] == [
        "The law asked for none on that day. A letter home may go: write it with “incident FILE letter”."
    ]
    assert letters_home.is_due(unit.desk, before)


def test_a_parent_without_a_postal_address_has_one_of_his_own_and_it_is_saved_under_a_lock(
    unit: Unit, bea: Pupil, will: Pupil, mother: Contact, tmp_path: Path
) -> None:
    for forename in ("Ned", "Al"):
        unit.contact(bea, "Quill", forename=forename, parental_responsibility=True, phone="01632 960102")
    entry_id = entered(unit, bea, [will])
    home, al, ned = papers(unit, entry_id)
    assert [paper.letter.addressee for paper in (home, al, ned)] == ["Ada Quill", "Al Quill", "Ned Quill"], "two who live apart share none"
    assert (home.letter.address, ned.letter.address) == (("4 Mill Lane", "SG4 7ZZ"), ())
    pdf = ned.pdf()
    written = locked_report.write(ned.file_stem, pdf, tmp_path, lambda: report.log_print(unit.desk, entry_id, [ned.letter], {}))
    file = tmp_path / written.name
    assert written.name.startswith(f"incident-report-{bea.ref}-")
    assert b"Quill" not in file.read_bytes()
    assert text_of(unlocked_pdf(file.read_bytes(), written.password)) == text_of(pdf)
    (row,) = [row for row in told.log(unit.desk, pupil_id=bea.id) if row.what == "Report about an incident"]
    assert row.reason == "Addressed to Ned Quill."


def test_it_is_made_from_the_signed_account_alone(unit: Unit, bea: Pupil, mother: Contact) -> None:
    entry_id = entered(unit, bea, [])
    (case,) = recording.of_pupil(unit.desk, bea.id)
    recording.amend(unit.desk, [dataclasses.replace(case.now, place="The gym")])
    for act in (report.places, lambda desk, entry: list(report.letters(desk, entry)), report.log_print):
        with pytest.raises(WrongUse, match="not signed as it stands"):
            act(unit.desk, entry_id)


def test_what_names_another_is_taken_out_and_staff_stay(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    unit.pupil("Ash", "Cleo", date(2011, 1, 2))
    entry_id = entered(unit, bea, [will], account=ACCOUNT, support="Ada Quill was rung on 01632 960101, at 9 Far Row. Ned Quill was not.")
    unit_text = text(unit, entry_id)
    expected = "Another pupil (A) pushed Bea. The teacher, Ann Officer, said that he [withheld] calm down. A [withheld] fell. Another pupil (B) saw it."
    assert expected in unit_text
    assert "Ada Quill was rung on [withheld], at [withheld]" in unit_text  # her own name stands, it is her letter
    assert "Where “another pupil” with a letter or [withheld] stands" in unit_text


def test_where_nothing_is_taken_out_it_does_not_say_so(unit: Unit, bea: Pupil, mother: Contact) -> None:
    assert "withheld" not in text(unit, entered(unit, bea, []))


def test_what_is_doubtful_is_said_and_may_stand_and_a_pupil_of_the_incident_may_not(
    unit: Unit, bea: Pupil, will: Pupil, mother: Contact
) -> None:
    entry_id = entered(unit, bea, [will], account=ACCOUNT)
    places = report.places(unit.desk, entry_id, same_words(unit, entry_id))
    assert [(named.words, named.doubtful, named.fixed) for named in places if named.place.field == "account"] == [
        ("Will Rose", False, True),
        ("will", True, False),
        ("rose", True, False),
    ]
    assert places[1].before.endswith("said that he ")
    assert places[1].who == ("Will Rose, another pupil",)
    told_text = text(unit, entry_id, *places)
    assert "Another pupil (A) pushed Bea" in told_text
    assert "he will calm down. A rose fell" in told_text


def test_a_common_word_that_is_a_name_elsewhere_is_proposed_to_stand(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    entry_id = entered(unit, bea, [], account="Bea will rest. Will Rose was not there. Rose colours.")
    found = {named.words: named.likely_word for named in report.places(unit.desk, entry_id, same_words(unit, entry_id))}
    assert found == {"will": True, "Will Rose": False, "Rose": False}


def test_what_was_said_of_one_wording_holds_for_no_other(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    entry_id = entered(unit, bea, [will], account="He will go.")
    places = report.places(unit.desk, entry_id, same_words(unit, entry_id))
    case = next(one for one in recording.of_incident(unit.desk, recording.of_pupil(unit.desk, bea.id)[0].now.incident_id))
    recording.amend(unit.desk, [dataclasses.replace(case.now, account="Go Will go."), *_rest(unit, case.now.incident_id, entry_id)])
    event(unit, entry_id, IncidentEventKind.SIGNED, who="Ann Officer")
    assert "Go another pupil (A) go." in text(unit, entry_id, *places)


def _rest(unit: Unit, incident_id: str, entry_id: str) -> list[object]:
    return [case.now for case in recording.of_incident(unit.desk, incident_id) if case.now.entry_id != entry_id]


def test_a_capital_that_stands_for_a_child_is_taken_out_beside_the_initial_of_another_name(unit: Unit, mother: Contact) -> None:
    own = unit.pupil("D’Souza", "Al", date(2012, 5, 6), address_1="6 Mill Lane", postcode="SG4 7ZZ")
    unit.contact(own, "D’Souza", forename="Eve", parental_responsibility=True, lives_with=True)
    dan, tom = unit.pupil("Hall", "Dan", date(2012, 1, 2)), unit.pupil("Penn", "Tom", date(2012, 1, 2))
    entry_id = entered(unit, own, [dan, tom], account="Al hit pupil D. T Penn saw it.")
    assert "Al hit pupil another pupil (A). Another pupil (B) saw it." in text(unit, entry_id)


def test_a_witness_whom_the_file_does_not_know_is_taken_out(unit: Unit, bea: Pupil, mother: Contact) -> None:
    entry_id = entered(unit, bea, [], witnesses="Ann Officer\nFay Lark (a visitor)", account="Fay saw Bea, and Ann Officer saw Fay Lark.")
    assert "[withheld] saw Bea, and Ann Officer saw [withheld]." in text(unit, entry_id)


def test_staff_of_the_incident_stay_though_they_do_not_use_the_program_and_a_pupil_has_their_surname(
    unit: Unit, bea: Pupil, will: Pupil, mother: Contact
) -> None:
    account = "Jo Rose held Bea. Mr Rose helped. Rose cried, and Will Rose left."
    told_text = text(unit, entered(unit, bea, [will], account=account, staff="Jo Rose\nMr Rose"))
    assert "Jo Rose held Bea." in told_text
    assert "Will" not in told_text
    assert "[withheld] cried, and another pupil (A) left." in told_text  # a surname alone may be the pupil's


def test_a_finder_that_misses_a_name_is_found_out_before_the_paper_is_shown(
    unit: Unit, bea: Pupil, will: Pupil, mother: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = entered(unit, bea, [will], account=ACCOUNT)
    monkeypatch.setattr(naming, "rebuilt", lambda words, _spans, _signs: words)
    (paper,) = papers(unit, entry_id)
    with pytest.raises(WrongUse, match="names that are left out were still found in it"):
        paper.pdf()


def test_a_pupil_whose_name_is_a_word_of_the_letter_itself_does_not_stop_it(unit: Unit, bea: Pupil, mother: Contact) -> None:
    other = unit.pupil("Child", "First", date(2012, 1, 2))
    entry_id = entered(unit, bea, [other], account="First Child pushed Bea. Child was hurt first.")
    told_text = text(unit, entry_id)
    assert "Another pupil (A) pushed Bea. Another pupil (A) was hurt [withheld]." in told_text
    assert "Injuries and first aid" in told_text
    assert "who another child or another family is" in told_text


def test_that_it_was_printed_is_told_in_the_log_of_disclosures(unit: Unit, bea: Pupil, mother: Contact) -> None:
    entry_id = entered(unit, bea, [])
    report.log_print(unit.desk, entry_id)
    (line,) = told.log(unit.desk, pupil_id=bea.id)
    assert line.what == "Report about an incident"
    assert ("print-form", bea.id, "incident-report") in unit.log()


def test_of_several_households_the_one_is_told_of_whose_report_was_printed(unit: Unit, bea: Pupil, mother: Contact) -> None:
    unit.contact(bea, "Quill", forename="Ned", parental_responsibility=True, address_1="3 Hill", postcode="SG4 7HB")
    entry_id = entered(unit, bea, [])
    report.log_print(unit.desk, entry_id, [papers(unit, entry_id)[1].letter])
    assert [line.reason for line in told.log(unit.desk, pupil_id=bea.id)] == ["Addressed to Ned Quill."]
    report.log_print(unit.desk, entry_id)
    assert len(told.log(unit.desk, pupil_id=bea.id)) == 3


@pytest.mark.parametrize("item", items_of(Incident), ids=lambda item: item.name)
def test_a_parent_is_told_anew_of_just_what_the_report_tells(unit: Unit, bea: Pupil, mother: Contact, item: Item) -> None:
    """What is compared to see whether a parent was told another account is what the paper says, and no more."""
    if item.name == "struck":
        return  # what was struck out has no report
    other: object = "Other words"
    if item.kind is Kind.YES_NO:
        other = not getattr(WHOLE, item.name)
    elif item.kind is Kind.CODE:
        other = next(code for code in codelist(item.codes or "").codes if code not in (getattr(WHOLE, item.name), *ORDINARY_KINDS))
    elif item.kind is Kind.DATE:
        other = date(2026, 11, 23)
    elif item.kind is Kind.NUMBER:
        other = 7
    elif item.name in ("time", "began"):
        other = "8:15"
    changes = {item.name: other} | ({"force_kind": None, "force_degree": None, "seclusion": True} if item.name == "force" else {})
    of = {"seclusion_minutes": "seclusion", "restraint_minutes": "restraint", **dict.fromkeys(OF_SEARCH, "search")}.get(item.name)
    begun = {"account": "Bea shouted.", **({of: True} if of else {})}
    before, after = text(unit, entered(unit, bea, [], **begun)), text(unit, entered(unit, bea, [], **{**begun, **changes}))
    assert (before != after) == (item.name in IN_REPORT)


def test_it_says_how_long_each_intervention_lasted_and_what_a_search_looked_for_and_found_without_other_children(
    unit: Unit, bea: Pupil, will: Pupil, mother: Contact
) -> None:
    items = {"force_minutes": 2, "seclusion": True, "seclusion_minutes": 40, "search": True, "search_by": "Ann Officer, before Jo Marsh"}
    items |= {"account": "Bea hit W.R. Then W.R. was led out, and W.R.’s coat lay there. W. was sad.", "search_found": "Nothing"}
    told_text = text(unit, entered(unit, bea, [will], search_for="A phone that Will missed", **items))
    for words in (
        "Bea hit another pupil (A). Then another pupil (A) was led out, and another pupil (A)’s coat lay there. Another pupil (A) was sad.",
        "That lasted 2 minutes.",
        "(seclusion). That lasted 40 minutes.",
        "Bea was searched. What the search was for, and why: A phone that another pupil (A) missed",
        "Who searched, and who was there: Ann Officer, before Jo Marsh What was found: Nothing",
    ):
        assert words in told_text


def test_a_letter_about_no_intervention_says_what_it_is_about_and_nothing_of_what_was_done_to_another_and_is_logged_as_a_letter(
    unit: Unit, bea: Pupil, will: Pupil, mother: Contact
) -> None:
    of_another = {name: getattr(WHOLE, name) for name in ("tried", "minutes", "necessary")} | {"began": "9:47"}
    account = "Will Rose hit Bea. A fist was raised at another pupil. Two adults held the pupil by both arms. Bea sat on a bench. Bea and the other cried. Bea saw how he was held. Bea was held."
    entry_id = entered(unit, bea, [will], part="hurt", account=account, **PLAIN | of_another)
    proposal = report.proposal(unit.desk, entry_id, mother.id)
    assert proposal == {"account": "Bea sat on a bench."}, "no other, named or not, and no force, which was used on another"
    (paper,) = papers(unit, entry_id)
    assert (paper.title, paper.file_stem) == ("Letter about an incident", f"incident-letter-{bea.ref}-1")
    told_text = text(unit, entry_id)
    assert "an incident in which Bea was hurt or wronged" in told_text
    assert "Another pupil (A) hit Bea." in told_text
    of_what_was_done = ("Report about", "How long", "began", "What was tried", "A quiet word", "Why it was necessary", "stood in the way")
    assert [words for words in of_what_was_done if words in told_text] == []
    report.log_print(unit.desk, entry_id, own_words={})
    (row,) = told.log(unit.desk, pupil_id=bea.id)
    assert (row.what, row.law) == ("Letter about an incident", "UK GDPR Article 6(1)(e), public task")
    of_incident = ", ".join(words.removeprefix("incident: ") for words in row.fields if words.startswith("incident: "))
    assert of_incident == "day, time, where, injury, support afterwards", "and nothing that is left out, or not recorded"
    (bare,) = report.letters(unit.desk, entry_id, own_words={})
    not_given = "We do not give the account here, since other children are in it. Ask us, and we tell you what concerns Bea."
    assert f"What happened\n{not_given}" in plain_text(bare.story)
    assert not_given not in told_text
    assert ("print-form", bea.id, "incident-letter") in unit.log()


def test_each_other_child_has_one_letter_throughout_and_none_tells_who(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    zoe = unit.pupil("Penn", "Zoë", date(2012, 1, 2))
    account = "Zoë fell on Will. Will Rose cried; Zoë Penn’s mum rang about her tablets. Then Bea left."
    entry_id = entered(unit, bea, [will, zoe], account=account, injury="Will: a bruise.", first_aid="Ice.")
    told_text = text(unit, entry_id)
    assert "Another pupil (A) fell on another pupil (B). Another pupil (B) cried; another pupil (A)’s mum rang" in told_text
    assert "Injuries: Another pupil (B): a bruise." in told_text
    assert "First aid: Ice." in told_text
    assert "nobody’s initials" in told_text
    in_letters = {"account": "Another pupil (A) fell on another pupil (B)."}
    for paper in (
        *report.letters(unit.desk, entry_id, own_words=in_letters),
        authority_report.paper(unit.desk, entry_id, own_words=in_letters),
    ):
        assert "Injuries: Another pupil (B): a bruise." in plain_text(paper.story), "a letter that stands in the words is the same child"


def test_what_a_person_marks_is_taken_out_besides(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    entry_id = entered(unit, bea, [will], account="Bea ran. Will’s mum rang about his tablets. Bea sat down.")
    wording = told_account.signed_case(unit.desk, entry_id).now
    start, stop = sentence_around(wording.account or "", 10, 14)
    marked = naming.ReportPlace(wording.id, "account", start, stop)
    (paper,) = report.letters(unit.desk, entry_id, (), [marked], same_words(unit, entry_id))
    paper.pdf()
    told_text = " ".join(plain_text(paper.story).split())
    assert "Bea ran. [withheld] Bea sat down." in told_text
    assert "tablets" not in told_text


def test_a_child_of_whom_only_a_sentence_told_that_is_taken_out_has_no_letter(unit: Unit, bea: Pupil, will: Pupil, mother: Contact) -> None:
    zoe = unit.pupil("Penn", "Zoë", date(2012, 1, 2))
    entry_id = entered(unit, bea, [will, zoe], account="Will Rose cried. Then Zoë Penn ran.")
    wording = told_account.signed_case(unit.desk, entry_id).now
    marked = naming.ReportPlace(wording.id, "account", *sentence_around(wording.account or "", 0, 4))
    (paper,) = report.letters(unit.desk, entry_id, (), [marked], same_words(unit, entry_id))
    told_text = " ".join(plain_text(paper.story).split())
    assert "[withheld] Then another pupil (A) ran." in told_text
    assert "nobody’s initials" in told_text


def test_a_place_that_has_the_name_of_a_pupil_of_the_incident_is_asked_about(unit: Unit, bea: Pupil, mother: Contact) -> None:
    mark = unit.pupil("Hall", "Mark", date(2012, 1, 2))
    entry_id = entered(unit, bea, [mark], place="The Hall", account="Mark Hall ran.")
    found = {named.words: (named.doubtful, named.fixed) for named in report.places(unit.desk, entry_id, same_words(unit, entry_id))}
    assert found == {"Hall": (True, False), "Mark Hall": (False, True)}
