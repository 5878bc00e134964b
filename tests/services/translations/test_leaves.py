"""The page in another language beside a consent's form: what stands on it, for whom, and which way it is written."""

import dataclasses
from datetime import date

from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.translations.translation import places_in
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.letters.merging_letters import merge
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit
from tests.services.translations.leftovers import english_left

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}

WORDY = "{{salutation}} {{parent name}} {{reference}}"


def translate(unit: Unit, key: str, language: str = "pl", sign: str = "Zdanie") -> None:
    paper = papers.paper_named(unit.desk, key)
    words = {line.key: " ".join([sign, line.key, *sorted(places_in(line.english))]) for line in paper.lines}
    translations.keep(unit.desk, paper, language, TranslationEntry(words, "Maria Kowalska", "Jan Nowak", DAY, is_check_new=True))


def child(unit: Unit, born: date = date(2012, 5, 6), language: str = "pl", **facts: str) -> Pupil:
    pupil = unit.pupil("Young", "Annabel", born, preferred_forename="Ann", **HOME, **facts)
    unit.contact(pupil, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True, language=language)
    return pupil


def leaves(unit: Unit, name: str, pupil: Pupil) -> dict[str, str]:
    forms = printing.make_forms(unit.desk, name, [pupil]).forms
    return {form.form.letter.addressee: plain_text(form.form.leaf) for form in forms if form.form.leaf}


def test_a_medicine_stands_on_the_leaf_as_it_is_held_whatever_is_in_it(unit: Unit) -> None:
    pupil = child(unit)
    medicine = Medicine(pupil_id=pupil.id, name="Ritalin {LA} {forename}", dose="10 mg", taken="At noon", stored="The office")
    health.add_medicine(unit.desk, medicine)
    translate(unit, "consent/medicines")
    (leaf,) = leaves(unit, "medicines", pupil).values()
    assert "Ritalin {LA} {forename}: 10 mg, at noon" in leaf
    assert "we have it here" not in leaf, "a sentence of the form’s, in English"


def test_the_leaf_says_how_to_change_an_answer_and_of_the_pupils_own_box(unit: Unit) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, phone="01632 960123"))
    translate(unit, "consent/photographs")
    pupil = child(unit)
    (leaf,) = leaves(unit, "photographs", pupil).values()
    assert "Zdanie leaf-change" in leaf
    assert "01632 960123" in leaf
    assert "Zdanie leaf-own-box Ann" in leaf
    lines = {line.key: line.english for line in papers.paper_named(unit.desk, "consent/medicines").lines}
    assert lines["leaf-written"] == "A yes must come in writing; a no may come in any way."
    assert "leaf-own-box" not in lines, "of which no form has one"


def test_sentences_in_english_stay_off_the_leaf(unit: Unit) -> None:
    pupil = child(unit)
    trip = Occasion(consent_type="trip", name="Climbing", about="We go by minibus.", start=date(2026, 12, 9))
    _changed, trip_id = occasions.add(unit.desk, trip, [pupil.id])
    translate(unit, "consent/trip")
    translate(unit, "consent/sex-education")
    (trip_leaf,) = leaves(unit, f"trip/{trip_id}", pupil).values()
    assert "minibus" not in trip_leaf
    assert "9 December 2026" in trip_leaf
    (leaf,) = leaves(unit, "sex-education", pupil).values()
    assert "may choose to take part" not in leaf


def test_a_pupil_who_signs_gets_the_leaf_in_the_first_language(unit: Unit) -> None:
    translate(unit, "consent/photographs", "fa")
    pupil = child(unit, date(2010, 1, 6), "", first_language="PRS")
    assert list(leaves(unit, "photographs", pupil)) == ["Annabel Young"]


def test_a_language_of_two_scripts_is_written_the_way_of_its_words(unit: Unit) -> None:
    letter = letter_templates.save_template(
        unit.desk, LetterTemplate(name="Hello", subject="About {{forename}}", body="Dear {{salutation}}")
    )
    pupil = child(unit, language="ku")
    for sign, lang in (("Em dixwazin", "ku"), ("داوای", "ku-Arab")):
        translate(unit, f"letter/{letter.template_id}", "ku", sign)
        (paper,) = merge(unit.desk, [pupil.id], letter).papers
        assert (paper.documents()[0].lang, paper.language) == (lang, "ku")


def test_why_a_household_gets_english_alone_is_said_of_letters_and_of_forms(unit: Unit) -> None:
    letter = letter_templates.save_template(
        unit.desk, LetterTemplate(name="Hello", subject="About {{forename}}", body="Dear {{salutation}}")
    )
    for key in (f"letter/{letter.template_id}", "consent/photographs"):
        translate(unit, key)
    pupil = child(unit)
    unit.contact(pupil, "Young", forename="Carl", parental_responsibility=True, lives_with=True)
    reason = "one would like Polish, and of another no language is entered"
    (none_entered,) = merge(unit.desk, [pupil.id], letter).in_english
    assert (none_entered.name, none_entered.reason) == ("Carl Young and Mrs Dora Young", reason)
    assert [left.reason for left in printing.make_forms(unit.desk, "photographs", [pupil]).in_english] == [reason]
    wordy = letter_templates.save_template(unit.desk, LetterTemplate(name="Wordy", subject="{{year group}}", body=WORDY))
    translate(unit, f"letter/{wordy.template_id}")
    aunt = unit.pupil("Young", "Bo", date(2012, 5, 6), year_group="9", **HOME)
    for forename in ("Dora", "Carl"):
        unit.contact(aunt, "Young", forename=forename, parental_responsibility=True, lives_with=True, language="pl")
    (paper,) = merge(unit.desk, [aunt.id], wordy).papers
    assert english_left(unit.desk, paper.translated, "Zdanie", *(line.key for line in papers.of_letter(wordy).lines)) == set()
    assert translations.why_in_english(("ar", "pl")) == "they would like different languages: Arabic and Polish"
    assert translations.why_in_english(("ar",)) == "there is no checked translation into Arabic"
    assert [translations.why_in_english(languages) for languages in (("", "en"), ("",), ("en",))] == ["", "", ""]
