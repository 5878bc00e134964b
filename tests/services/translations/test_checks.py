"""A check holds for the very lines that were checked, of the very English; whoever checks is somebody else than whoever translated."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.translations.translation import PaperLine, TranslationStanding, carried_over
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.translations import StandingTranslation, TranslationEntry
from tests.services.exports.made import DAY, Unit
from tests.services.state import log_of

HELLO = LetterTemplate(name="Hello", subject="About {{forename}}", body="Dear {{salutation}}\n\n{{signature}}")
WORDS = {
    "subject/1": "O uczniu {{forename}}",
    "body/1": "Szanowni: {{salutation}}",
    "says/1": "Nasz numer: {reference}",
    "says/2": "{all} i {last}",
}
CHECKED = TranslationEntry(WORDS, "Maria Kowalska", "Jan Nowak", DAY)
OTHER = dataclasses.replace(CHECKED, words={**WORDS, "body/1": "Wynocha {{salutation}}"})


@pytest.fixture
def paper(unit: Unit) -> TranslatablePaper:
    return papers.of_letter(letter_templates.save_template(unit.desk, HELLO))


def now(unit: Unit, paper: TranslatablePaper) -> StandingTranslation:
    return translations.standing_of(unit.desk, papers.paper_named(unit.desk, paper.key), "pl")


def test_other_lines_do_not_take_over_the_check_unless_it_is_stated_anew(unit: Unit, paper: TranslatablePaper) -> None:
    translations.keep(unit.desk, paper, "pl", CHECKED)
    assert log_of(unit.desk)[-1][3] == f"in pl, checked by Jan Nowak on {DAY}"
    translations.keep(unit.desk, paper, "pl", OTHER)
    assert now(unit, paper).standing is TranslationStanding.UNCHECKED
    assert log_of(unit.desk)[-1][3] == "in pl, not checked"
    translations.keep(unit.desk, paper, "pl", dataclasses.replace(OTHER, is_check_new=True))
    assert now(unit, paper).standing is TranslationStanding.IN_USE
    translations.keep(unit.desk, paper, "pl", dataclasses.replace(OTHER, translated_by="Eva Lis"))
    assert now(unit, paper).standing is TranslationStanding.IN_USE, "the very lines that were checked"


def test_a_check_is_of_the_english_in_use_and_not_older(unit: Unit, paper: TranslatablePaper) -> None:
    with pytest.raises(Refused, match="The English reads as it does since 24 November 2026"):
        translations.keep(unit.desk, paper, "pl", dataclasses.replace(CHECKED, checked_on=DAY - timedelta(1)))
    shipped = papers.of_letter(letter_templates.shipped()[0])
    words = {line.key: line.english for line in shipped.lines}
    translations.keep(unit.desk, shipped, "pl", dataclasses.replace(CHECKED, words=words, checked_on=date(2025, 1, 2)))
    translations.keep(unit.desk, paper, "pl", CHECKED)
    template = letter_templates.templates(unit.desk)
    (hello,) = [kept for kept in template if kept.name == "Hello"]
    letter_templates.save_template(unit.desk, dataclasses.replace(hello, body=hello.body + "\n\n{{attendance this term}}"))
    assert now(unit, paper).standing is TranslationStanding.BEHIND, "also a line without words of its own says something"
    with pytest.raises(WrongUse, match="The English has changed meanwhile"):
        translations.keep(unit.desk, paper, "pl", CHECKED)


@pytest.mark.parametrize(
    ("made", "checked", "match"),
    [("Jan Nowak", "jan  NOWAK.", "Somebody else"), ("Maria", "-", "the name of who checked"), ("x", "Jan Nowak", "who translated")],
)
def test_two_named_people_translate_and_check(unit: Unit, paper: TranslatablePaper, made: str, checked: str, match: str) -> None:
    with pytest.raises(Refused, match=match):
        translations.keep(unit.desk, paper, "pl", dataclasses.replace(CHECKED, translated_by=made, checked_by=checked))


def test_what_is_used_no_longer_is_proposed_and_taken_up_again(unit: Unit, paper: TranslatablePaper) -> None:
    with pytest.raises(WrongUse, match="in use already, or there is none"):
        translations.use_again(unit.desk, paper.key, "pl")
    translations.keep(unit.desk, paper, "pl", CHECKED)
    translations.take_back(unit.desk, paper.key, "pl")
    assert (now(unit, paper).standing, now(unit, paper).proposed_words) == (TranslationStanding.NONE, WORDS)
    translations.use_again(unit.desk, paper.key, "pl")
    assert now(unit, paper).standing is TranslationStanding.IN_USE


def test_what_was_typed_for_other_english_is_carried_over_and_none_of_it_is_lost() -> None:
    lines = [PaperLine("1", "", "Same"), PaperLine("2", "", "New"), PaperLine("3", "", "Moved")]
    carried = carried_over({"1": "Same", "2": "Old", "4": "Moved", "5": "Gone"}, {"1": "a", "2": "b", "4": "c", "5": "d"}, lines)
    assert (carried.words, carried.earlier_english, carried.gone) == ({"1": "a", "3": "c", "2": "b"}, {"2": "Old"}, ("d",))
