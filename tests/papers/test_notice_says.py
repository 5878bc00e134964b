"""What the notice says, beside what the notice of 2016 promised and what Articles 13 and 14 ask for."""

import dataclasses
import re
from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.notice import front_part
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Purpose
from pupil_desk.domain.governance.retention import proposed_schedule
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.services.notices import notice_text
from tests.papers.made import LONG, notice_story
from tests.papers.reading import reading_ease, syllables, words_in

PROMISES = {
    "who holds the information is named": r"This notice is from North Larkshire Education Support Centre",
    "some comes from earlier schools, the authority and the department": r"from the last school, the local authority, the Department for Education \(DfE\)",
    "used to help pupils learn": r"To support pupils’ learning",
    "used to follow and report progress": r"To monitor progress and report on it",
    "used for pastoral care": r"To look after pupils and keep them safe",
    "used to judge how good the service is": r"To assess how well we do",
    "contact details are kept": r"\nContact details;",
    "results of national tests are kept": r"\nProgress, test and exam results;",
    "attendance is kept": r"\nAttendance; suspensions and exclusions;",
    "exclusions are kept": r"; suspensions and exclusions; incidents, behaviour and rewards;",
    "what pupils do after leaving is kept": r"; where pupils go next\n",
    "ethnic group among the characteristics": r"Personal characteristics \(sex, ethnic group, first language\)",
    "special educational needs are kept": r"special educational needs",
    "medical information is kept": r"\nMedical information;",
    "the learner number comes from the Learning Records Service": r"Learning Records Service, from 14\..*It gives us the unique learner number",
    "it may also tell of learning and qualifications": r"may tell us about courses and results",
    "from 13 the law makes the unit tell the youth service": r"youth support service, from 13\..*When it asks about a pupil, the law makes us answer",
    "the youth service is named": r"Here, this is Services for Young People Larkshire",
    "it looks after learning and training of those aged 13 to 19": r"people aged 13 to 19 with learning, training and work",
    "from 16, colleges and trainers may be told, to find the right service": r"tell them about a pupil of 16 or over, to help find a place",
    "a parent can hold it to name, address and date of birth": r"A parent can tell us to give only the child’s name, address and date of birth",
    "by telling a named person with a role": r"tell Christopher Abernathy-Jones \(Assistant head\)",
    "at 16 that right is the pupil’s": r"At 16 this right passes to the pupil",
    "where to read about services for young people": r"Services for young people: https://www\.servicesforyoungpeople\.example\.org",
    "nobody else without consent, unless law and policies allow": r"Nobody else without your consent, unless the law and our policies allow it",
    "a named person gives a copy": r"For a copy, ask Philippa Wetherington-Cole \(Data officer\)",
    "the law requires information for the authority and the department": r"The local authority, the DfE and the next school\. By law we give the first two some information",
    "the department shares only where law allows and data protection is kept": r"where the law allows and data protection law is kept",
    "it weighs who asks": r"looks hard at who asks",
    "it weighs the purpose": r"what it is for",
    "it weighs how much and how sensitive": r"how much is asked for and how sensitive it is",
    "it weighs storing and handling": r"how it will be stored and handled",
    "those who get it are bound to keep it confidential": r"must agree to strict terms: it stays confidential",
    "bound in handling and security": r"it is handled and kept safe",
    "bound in how long and what for": r"used and kept only as long as agreed",
    "where to read how the department’s sharing works": r"How the DfE shares data: https://www\.gov\.uk/\S+",
    "where to read who was given data for what": r"Who has had data, and for what project: https://www\.gov\.uk/\S+",
    "where to read about the authority’s use": r"How (our local authority|Larkshire County Council|[A-Z][\w ]+) uses data: https://www\.larkshire\.example\.org\S+",
    "where to read about the department’s use": r"How the DfE collects and uses data: https://www\.gov\.uk/\S+",
}
"""Each promise of the notice of 2016 in our own words, and the sentence of ours that meets or improves on it."""

ARTICLES = {
    "1 the controller": r"Larkshire County Council is responsible for this information: the law calls that the “data controller”",
    "1 how to reach it": r"How to reach us: North Larkshire Education Support Centre, The Old Grammar School Building, .*01632 960 0142, office@",
    "2 the data protection officer": r"our data protection officer: Alexandra Throckmorton-Hughes, data\.protection@larkshire-schools\.example\.org, 01632 960 0188",
    "3 purposes": r"Main reason\n",
    "3 lawful basis of each purpose": r"The law makes us keep some of it; the rest we need for our public task",
    "3 lawful basis, to the Article": r"legal obligation, Article 6\(1\)\(c\)(.|\n)*public task, Article 6\(1\)\(e\)",
    "3 condition of special categories": r"Health; .*: substantial public interest, Article 9\(2\)\(g\), with schedule 1",
    "3 the policy that schedule 1 asks for": r"must have a policy on how we look after it: ask us for a copy",
    "4 legitimate interests": r"We do not rely on “legitimate interests”",
    "5 categories": r"What we keep\n(.|\n)*Name, date of birth and pupil numbers;",
    "6 recipients": r"Who we tell\n",
    "6 people who work for the unit": r"looks after our computers may see information",
    "7 transfers abroad": r"Nothing leaves the United Kingdom",
    "8 how long": r"most of it until the pupil’s 25th birthday, and each register entry at least 6 years",
    "9 a copy, free, within a month": r"free of charge:\nfor a copy of what we hold about you or your child, within one month",
    "9 correcting": r"to correct what is wrong",
    "9 deleting, limiting, objecting, taking along": r"to delete it, to limit how we use it, to stop using it, or to pass on what you gave us as a computer file",
    "10 taking consent back": r"we ask your consent, which you can take back at any time",
    "11 complaint to the unit first, acknowledged within 30 days": r"please tell us first: Margaret Featherstonehaugh, .* within 30 days that we have it, look into it without delay, and tell you what we found",
    "11 complaint to the Commissioner": r"complain to the Information Commissioner’s Office \(ICO\)",
    "11 how": r"To complain to the ICO: https://ico\.org\.uk/make-a-complaint or telephone 0303 123 1113",
    "12 what the law requires of families, and what follows without": r"By law our register must show .* The rest is your choice, but without it we may not",
    "13 sources, and whether public": r"Most comes from you\. Some comes from .* None comes from public lists",
    "14 automated decisions": r"No computer decides alone",
    "the law of today": r"UK General Data Protection Regulation \(UK GDPR\) and the Data Protection Act 2018, as changed by the Data \(Use and Access\) Act 2025",
    "the law of youth support": r"section 72 of the Education and Skills Act 2008",
    "no opting out of learner records": r"There is no opting out of this\. Its own privacy notice: https://www\.gov\.uk",
}
"""The elements of Articles 13 and 14, numbered as domain.md §9.1 does, and where ours stands."""

TEXT = plain_text(notice_story(letter=None))


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_of_2016_is_met(promise: str) -> None:
    assert re.search(PROMISES[promise], TEXT), promise


@pytest.mark.parametrize("element", ARTICLES)
def test_an_element_of_the_articles_is_there(element: str) -> None:
    assert re.search(ARTICLES[element], TEXT), element


SAID_TO_BE_IN_THE_TABLES = {
    "1 how to reach it": r"please tell us first: .*01632 960 0142, office@",  # and the address in full at the head of each letter
    "3 lawful basis, to the Article": r"on what lawful basis",
    "3 condition of special categories": r"Health and ethnic group have extra care in law(.|\n)*on what lawful basis",
    "3 the policy that schedule 1 asks for": r"Health and ethnic group have extra care in law(.|\n)*on what lawful basis",
    "4 legitimate interests": r"on what lawful basis",
    "6 people who work for the unit": r"who is told what",
    "11 how": r"\(ICO\): https://ico\.org\.uk/make-a-complaint, 0303 123 1113",
    "the law of today": r"by which law",
    "the law of youth support": r"When it asks about a pupil, the law makes us answer(.|\n)*by which law",
    "no opting out of learner records": r"by which law",
}
"""What stands word for word in the tables alone, and the words of the two sides that say it in short or that it is there."""


@pytest.mark.parametrize("element", ARTICLES)
def test_an_element_of_the_articles_is_on_the_two_sides_or_is_said_there_to_be_in_the_tables(element: str) -> None:
    front = _front()
    if not re.search(ARTICLES[element], front):
        assert re.search(SAID_TO_BE_IN_THE_TABLES[element], front), element


def test_what_must_be_in_the_first_layer_is_on_the_two_sides() -> None:
    """Who is responsible, the purposes, the rights, and what most affects or may surprise somebody (WP260 rev.01, paragraph 36)."""
    front = _front()
    for key in (
        "1 the controller",
        "3 purposes",
        "9 a copy, free, within a month",
        "9 correcting",
        "9 deleting, limiting, objecting, taking along",
        "10 taking consent back",
        "11 complaint to the unit first, acknowledged within 30 days",
        "6 recipients",
        "14 automated decisions",
    ):
        assert re.search(ARTICLES[key], front), key
    for purpose in Purpose:
        assert purpose.value.casefold() in front.casefold()
    for surprise in (
        "from 13",
        "At 16 this right passes to the pupil",
        "Learning Records Service",
        "DfE",
        "Nobody else without your consent",
    ):
        assert surprise in front


def test_the_two_sides_say_where_the_tables_are_and_how_to_have_them() -> None:
    said = "They are free at our office or on the web. Ask "
    assert f"{said}01632 960 0142." in _front()
    page = "https://www.north-larkshire.example.org/privacy"
    assert f"{said}01632 960 0142, {page}." in _front(dataclasses.replace(LONG, notice_page=page))
    assert f"{said}the unit’s office." in _front(dataclasses.replace(LONG, phone=None, email=None))


def test_nothing_of_the_old_law_is_left() -> None:
    assert not re.search(r"1998|fair processing|Connexions|opt out of sharing your", TEXT)


def _front(settings: object = LONG) -> str:
    filling = notice_text.filling_of(settings, date(2026, 9, 1))  # type: ignore[arg-type]
    return plain_text(front_part(notice_text.prose(), filling))


def test_the_front_part_is_short_and_reads_easily() -> None:
    for settings in (LONG, dataclasses.replace(LONG, with_parent=True)):
        front = _front(settings)
        assert len(words_in(front)) <= 900
        assert len(front.split()) <= 900
        assert reading_ease(front) >= 60
        said = " ".join((front, *(recipient.said for recipient in register().values())))
        assert "your child" not in said.replace("you or your child", ""), "from 18 it goes to the pupil alone"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("name", 1),
        ("notice", 2),
        ("pupils", 2),
        ("asked", 1),
        ("wanted", 2),
        ("services", 3),
        ("uses", 2),
        ("takes", 1),
        ("table", 2),
        ("education", 4),
        ("area", 3),
        ("whole", 1),
        ("seventeen", 3),
        ("16", 2),
    ],
)
def test_syllables_are_counted_and_never_too_few(word: str, count: int) -> None:
    assert syllables(word) in (count, count + 1)


def test_a_hard_text_is_told_from_an_easy_one() -> None:
    hard = "Notwithstanding contractual obligations, organisational confidentiality necessitates institutional authorisation."
    assert reading_ease(hard) < 0 < 90 < reading_ease("The cat sat on the mat. It was warm.")


def test_what_cannot_be_refused_is_said_as_the_setting_has_it() -> None:
    with_parent = dataclasses.replace(LONG, with_parent=True)
    assert "date of birth, and a parent’s name and address: tell" in _front(with_parent)
    assert "a parent’s name and address" not in _front()


def test_a_unit_that_is_its_own_controller_says_we() -> None:
    for controller in (None, LONG.name):
        assert "We are responsible for this information" in _front(dataclasses.replace(LONG, controller=controller))


def test_a_detail_that_is_missing_is_named_and_neutral_words_stand_for_it() -> None:
    bare = dataclasses.replace(
        LONG,
        head=None,
        choices_contact=None,
        choices_role=None,
        copy_contact=None,
        copy_role=None,
        dpo=None,
        dpo_email=None,
        dpo_phone=None,
        youth_service=None,
        youth_service_page=None,
        authority_page=None,
    )
    text = plain_text(front_part(notice_text.prose(), notice_text.filling_of(bare, date(2026, 9, 1))))
    assert set(notice_text.missing_of(bare).values()) == {
        "Head of the unit",
        "Who takes families’ choices",
        "Who answers requests for a copy",
        "Data protection officer",
        "Youth support service",
        "The youth support service’s page",
        "The authority’s page about pupils’ data",
    }
    assert "tell the head of the unit, or ask us for the form" in text
    assert "For a copy, ask the head of the unit." in text
    assert "Here, this is the local authority’s youth support service." in text
    assert "None" not in text.replace("None comes from", "")


def test_every_name_in_the_prose_is_filled() -> None:
    assert not re.search(r"[{}]|\*\*", TEXT)


def test_the_front_part_and_the_tables_agree_how_long_the_register_is_kept() -> None:
    kept = {path: proposed_schedule().sentence(item.facts.retention) for path, item in every_item().items()}
    for path in ("enrolment.start_date", "enrolment.end_date", "pupil.middle_names", "pupil.sex", "pupil.address_1", "contact.phone"):
        assert kept[path].startswith("Until the pupil’s 25th birthday")
        assert "at least 6 years" in kept[path]
    assert set(proposed_schedule().classes) == {item.facts.retention for item in every_item().values()}
