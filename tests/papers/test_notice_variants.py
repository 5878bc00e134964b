"""The notice for pupils, the easy-read one and the Arabic one: short and plain enough, and saying what a reader has a right to know."""

import dataclasses
import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import AddressBlock, Block, Para, plain_text
from pupil_desk.documents.pdf.page import Document, PrintLook, build_pdf, build_print_file, pages_needed
from pupil_desk.documents.pdf.web import build_web
from pupil_desk.documents.prose import blocks_of
from pupil_desk.documents.reading.read_back import read_web
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.notices import notice_text
from tests.documents.checking import assert_accessible
from tests.papers.made import LETTER, LONG, pages_of
from tests.papers.reading import reading_ease, school_grade, sentences_in, words_in

FOOTER = f"{LONG.name}. Privacy notice, edition 24 November 2026, number 3."
SETTINGS = {
    "the authority is the controller": LONG,
    "the unit is its own controller": dataclasses.replace(LONG, controller=None),
    "a parent’s name goes too": dataclasses.replace(LONG, with_parent=True),
    "little is entered yet": UnitSettings(name="Oak House", la="919", estab="1100"),
}
of_settings = pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)


def story(part: str, settings: UnitSettings = LONG, language: str = "en") -> list[Block]:
    filling = notice_text.filling_of(settings, date(2026, 9, 1))
    return blocks_of(notice_text.prose(part, language), filling)


def words(part: str, settings: UnitSettings = LONG) -> str:
    return plain_text(story(part, settings))


@of_settings
def test_the_pupils_version_is_one_side_of_a4_in_12_points_with_room_to_spare(settings: UnitSettings) -> None:
    assert pages_needed([*story("notice_pupil", settings), Para("One more line.", "small")], look=PrintLook.SHEET) == 1
    page = pypdfium2.PdfDocument(build_pdf(story("notice_pupil", settings), title="", footer=FOOTER, look=PrintLook.SHEET))[
        0
    ].get_textpage()
    assert "Not happy?" in page.get_text_range()


def test_a_pupils_version_that_is_too_long_would_be_seen() -> None:
    assert pages_needed([*story("notice_pupil"), *[Para("One more line.")] * 9], look=PrintLook.SHEET) == 2


@of_settings
def test_the_pupils_version_is_read_at_the_age_of_11(settings: UnitSettings) -> None:
    """Flesch and Kincaid: a grade of 6 is the age of 11 to 12. Names and addresses count, too, though nobody chose them."""
    text = words("notice_pupil", settings)
    assert school_grade(text) <= 6
    assert reading_ease(text) >= 70
    assert max(len(words_in(sentence)) for sentence in sentences_in(text)) <= 26


@of_settings
def test_the_easy_one_has_short_sentences_of_easy_words(settings: UnitSettings) -> None:
    text = words("notice_easy", settings)
    sentences = [len(words_in(sentence)) for sentence in sentences_in(text)]
    assert school_grade(text) <= 4.5
    assert reading_ease(text) >= 78
    assert sum(sentences) / len(sentences) <= 8
    assert max(sentences) <= 20
    assert pages_needed(story("notice_easy", settings), look=PrintLook.EASY) <= 6


def test_a_harder_text_has_a_higher_grade() -> None:
    assert school_grade("The cat sat on the mat. It was warm.") < 2 < 6 < school_grade(words("notice")) < 9


# What the law asks that a person be told, in a child's words (UK GDPR Articles 12 to 14; domain.md §9).
PUPILS_ARE_TOLD = {
    "who answers for it": r"Larkshire County Council is responsible for your information: the law’s word for that is “data controller”",
    "what is kept": r"your name, birth date, address.*your marks and your results.*your health.*suspended",
    "why": r"We use it to teach you, keep you safe and help you plan",
    "on what basis": r"Some we must keep by law; the rest is part of our job",
    "special care": r"Health and ethnic group get extra care",
    "consent, and taking it back": r"For extras, like photos, we ask first, and you can take back a yes",
    "whether it must be given": r"You need not tell us all of it",
    "where it comes from": r"It comes from you and your family, your last school, the council, the government and the NHS",
    "how long": r"We keep most of it until your 25th birthday",
    "the youth service, and the parents’ choice": r"From 13, the youth service: Services for Young People Larkshire.*Your parents can ask us to tell it only your name, address and date of birth",
    "the right that passes at 16": r"At 16 you choose: tell Christopher Abernathy-Jones",
    "colleges": r"From 16, colleges, when you look for a place\. You can say no",
    "who is told by law": r"By law: the council, the government \(DfE\) and your next school",
    "the Learning Records Service": r"from 14 the Learning Records Service, which gives you a learner number",
    "nobody else": r"Nobody else, unless you or your family say yes, or the law lets us",
    "nothing abroad": r"We send nothing abroad",
    "no machine decides": r"No computer decides about you alone",
    "the right to a copy": r"a copy of it, within a month: ask Philippa Wetherington-Cole",
    "the other rights": r"to put it right, wipe it, use less of it, stop using it or pass it on",
    "the data protection officer": r"Ask our data protection officer: Alexandra Throckmorton-Hughes",
    "complaints, to the unit first": r"Tell us first: Margaret Featherstonehaugh.*within 30 days",
    "then to the regulator": r"Information Commissioner’s Office \(ICO\).*0303 123 1113",
    "that there is more, where, and that it is free": r"There is a longer notice, with tables of every detail, at the office\. It is free",
}
READERS_OF_THE_EASY_ONE_ARE_TOLD = {
    "who answers for it": r"Larkshire County Council is responsible for this information",
    "what is kept": r"name, date of birth and address.*health, and help that the pupil needs.*ethnic group",
    "where it comes from": r"Most of it comes from you\.\s+Some comes from the last school",
    "why": r"We use it to teach pupils, and to keep them safe",
    "on what basis": r"The law says that we must keep some of it\.\s+We need the rest for our work as a school",
    "special care": r"Some things are very private, like health. We take extra care",
    "what must be given": r"By law you must tell us the pupil’s name, sex, date of birth and address",
    "consent, and taking it back": r"We ask you before.*photographs.*change your mind at any time",
    "how long": r"We keep most of it until the pupil’s 25th birthday",
    "the youth service, and the choice": r"Here it is Services for Young People.*A parent can ask us to tell it less\. Then we tell it only the child’s name, address and date of birth",
    "the right that passes at 16": r"From 16 the pupil chooses, and not the parent",
    "colleges": r"Colleges, from age 16.*The pupil can say no\. Before 16, a parent must say yes",
    "the Learning Records Service": r"The Learning Records Service, from age 14",
    "who is told by law": r"The council, the Department for Education and the next school",
    "nobody else": r"Nobody else, unless you say yes",
    "nothing abroad": r"We send nothing to other countries",
    "no machine decides": r"No computer decides about a pupil by itself",
    "the rights": r"a copy of what we keep.*put right.*delete.*use less.*stop using.*pass it on",
    "when": r"You get it within one month",
    "the data protection officer": r"data protection officer: Alexandra Throckmorton-Hughes",
    "complaints, to the unit first": r"Please tell us first.*within 30 days",
    "then to the regulator": r"Information Commissioner’s Office \(ICO\).*0303 123 1113",
    "that there is more, where, and that it is free": r"There is a longer notice.*They are at our office\.\s+They are free\.\s+Ask 01632",
}


@pytest.mark.parametrize("told", PUPILS_ARE_TOLD.values(), ids=PUPILS_ARE_TOLD)
def test_pupils_are_told(told: str) -> None:
    assert re.search(told, words("notice_pupil"), re.DOTALL)


@pytest.mark.parametrize("told", READERS_OF_THE_EASY_ONE_ARE_TOLD.values(), ids=READERS_OF_THE_EASY_ONE_ARE_TOLD)
def test_readers_of_the_easy_one_are_told(told: str) -> None:
    assert re.search(told, words("notice_easy"), re.DOTALL)


def test_with_the_setting_pupils_are_told_that_a_parents_name_goes_too() -> None:
    text = words("notice_pupil", SETTINGS["a parent’s name goes too"])
    assert "only your name, address and date of birth, and a parent’s name and address." in text


@pytest.mark.parametrize("part", ["notice_pupil", "notice_easy"])
@pytest.mark.parametrize("look", PrintLook)
def test_three_checkers_find_nothing_in_the_versions(part: str, look: PrintLook) -> None:
    assert_accessible(build_pdf(story(part), title="Privacy notice", footer=FOOTER, look=look))


def arabic() -> list[Block]:
    return [AddressBlock([*LETTER.names, *LETTER.address], sender=[LONG.name, *LONG.address_lines]), *story("notice", language="ar")]


@pytest.mark.parametrize("look", [PrintLook.STANDARD, PrintLook.LARGE])
def test_three_checkers_find_nothing_in_the_arabic_one(look: PrintLook) -> None:
    assert_accessible(build_pdf(arabic(), title="إشعار الخصوصية", lang="ar", footer=FOOTER, look=look))


def test_a_print_file_of_families_with_several_languages_passes_too() -> None:
    documents = [
        Document(story("notice"), "A", FOOTER),
        Document(arabic(), "B", FOOTER, lang="ar"),
        Document(story("notice_pupil"), "C", FOOTER),
    ]
    assert_accessible(build_print_file(documents, title="Privacy notices"))


@of_settings
def test_the_arabic_one_has_the_parts_of_the_english_one_in_the_same_order(settings: UnitSettings) -> None:
    """A translator may not leave a part out: as many headings, paragraphs and items of lists, and every person who is named."""
    english, arabic_one = notice_text.prose(), notice_text.prose(language="ar")
    shapes = [[_kind(part) for part in re.split(r"\n\s*\n", text.partition("## للمزيد")[0].strip())] for text in (english, arabic_one)]
    assert shapes[0] == shapes[1]
    named = {"unit", "youth_service", "choices_contact", "copy_contact", "dpo", "unit_contact"}
    assert named <= set(re.findall(r"\{(\w+)\}", arabic_one))


def _kind(part: str) -> str:
    return "- " * part.count("\n- ") + part.split(" ")[0] if part[0] in "#-" else "words"


def read_arabic(folder: Path, settings: UnitSettings, *more: str) -> str:
    """What another reader makes of the Arabic notice, without the signs that it adds for the directions."""
    pages = pages_of(build_pdf(story("notice", settings, "ar"), title="", lang="ar"), folder, *more)
    return " ".join(re.sub(r"[\u202a-\u202e\u200e\u200f]", "", "".join(pages)).split())


@pytest.mark.needs("pdftotext")
@of_settings
def test_english_names_and_numbers_in_the_arabic_one_read_as_they_are_written(settings: UnitSettings, tmp_path: Path) -> None:
    text = read_arabic(tmp_path, settings)
    for name in filter(None, (settings.name, settings.dpo_email, settings.phone, "0303 123 1113")):
        assert name in text


@pytest.mark.needs("pdftotext")
def test_the_arabic_one_is_read_back_in_order(tmp_path: Path) -> None:
    text = read_arabic(tmp_path, LONG, "-raw")
    at = 0
    for heading in ("كيف نستخدم المعلومات", "ما الذي نحتفظ", "من الذين", "حقوقكم", "للمزيد"):
        found = text.find(heading, at)
        assert found >= 0, heading
        at = found


def test_the_arabic_page_says_the_same_as_the_paper() -> None:
    made = build_web(story("notice", language="ar"), title="إشعار الخصوصية", lang="ar")
    read = read_web(made)
    assert read.lang == "ar"
    assert read.is_well_formed
    assert " ".join(plain_text(story("notice", language="ar")).split()) == read.text


@pytest.mark.parametrize("path", sorted(resource("words").glob("*/notice*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}")
@of_settings
def test_nothing_is_left_unfilled(path: Path, settings: UnitSettings) -> None:
    text = plain_text(story(path.stem, settings, path.parent.name))
    assert not re.search(r"[{}*#]", text)
