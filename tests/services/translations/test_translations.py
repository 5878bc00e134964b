"""A letter or a form in the language of a family: only once it is checked, only of the English it was made of, and beside the English."""

import dataclasses
from datetime import date
from pathlib import Path
from random import Random

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.letters import fill_in
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.translations.translation import TranslationStanding, lines_of, places_in, text_in
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.consents import types
from pupil_desk.services.consents.timeline import timeline
from pupil_desk.services.desk import Desk
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.letters.merging_letters import Merge, merge, record_printed
from pupil_desk.services.paper_forms import printing, waiting
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.translations import papers, sheets, translations
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.store.tables import contacts
from tests import scans
from tests.documents.checking import assert_accessible
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit
from tests.services.paper_forms.office import read
from tests.services.state import log_of, state
from tests.services.translations.leftovers import english_left

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
HELLO = LetterTemplate(
    name="Hello",
    subject="About {{forename}}",
    body="Dear {{salutation}}\n\n- We met {{full name}}.\n- {{ask: What next}}, please.\n\n{{signature}}",
)
POLISH = {"subject/1": "O uczniu {{ Forename }}", "body/1": "Szanowni: {{salutation}}", "body/3": "Poznaliśmy: {{full name}}.", "body/4": "Prosimy: {{ask:What next}}.", "says/1": "Nasz numer: {reference}", "says/2": "{all} i {last}"}  # fmt: skip
ARABIC = {
    "subject/1": "عن {{forename}}",
    "body/1": "السادة {{salutation}}",
    "body/3": "التقينا {{full name}}.",
    "body/4": "من فضلكم {{ask: What next}}.",
    "says/1": "رقمنا: {reference}",
    "says/2": "{all} و{last}",
}


def entry(words: dict[str, str], checked_on: date | None = DAY, **who: str) -> TranslationEntry:
    return TranslationEntry(
        words, **{"translated_by": "Maria Kowalska", "checked_by": "Jan Nowak" if checked_on else "", **who}, checked_on=checked_on
    )


@pytest.fixture
def letter(unit: Unit) -> LetterTemplate:
    return letter_templates.save_template(unit.desk, HELLO)


@pytest.fixture
def ann(unit: Unit) -> Pupil:
    """A pupil with a mother who would like to be written to in Polish, and a father, elsewhere, who has said nothing."""
    ann = unit.pupil("Young", "Annabel", date(2012, 5, 6), preferred_forename="Ann", **HOME)
    unit.contact(ann, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True, language="pl")
    unit.contact(ann, "Marsh", forename="Carl", parental_responsibility=True, **{**HOME, "address_1": "9 Mill Lane"})
    return ann


def key_of(template: LetterTemplate) -> str:
    return f"letter/{template.template_id}"


def merged(unit: Unit, ann: Pupil, template: LetterTemplate) -> Merge:
    return merge(unit.desk, [ann.id], template, answers={"What next": "Ring us"})


def keep(desk: Desk, key: str, language: str, what: TranslationEntry) -> None:
    translations.keep(desk, papers.paper_named(desk, key), language, what)


def standing(unit: Unit, key: str, language: str = "pl") -> TranslationStanding:
    return translations.standing_of(unit.desk, papers.paper_named(unit.desk, key), language).standing


def copy_of(unit: Unit, pupil: Pupil, name: str) -> list[dict[str, str]]:
    """What a copy of a record says in one section, entry by entry."""
    (section,) = [section for section in sheet.everything(unit.desk, pupil.id) if section.name == name]
    return [{label: words for _name, label, _value, words in section_entry.facts} for section_entry in section.entries]


def test_lines_keep_lists_paragraphs_and_what_is_filled_in() -> None:
    lines = list(lines_of("body", "Letter", HELLO.body))
    assert [(line.key, line.english) for line in lines] == [
        ("body/1", "Dear {{salutation}}"),
        ("body/3", "We met {{full name}}."),
        ("body/4", "{{ask: What next}}, please."),
    ], "room for a signature is not translated"
    assert (
        text_in("body", HELLO.body, POLISH)
        == "Szanowni: {{salutation}}\n\n- Poznaliśmy: {{full name}}.\n- Prosimy: {{ask:What next}}.\n\n{{signature}}"
    )
    assert places_in("{{ Full  Name }} {{ASK: What  next}} {name}") == {"{{full name}}", "{{ask: What next}}", "{name}"}
    assert fill_in("{{ Full  Name }}", {"full name": "A"}) == "A", "as the letter itself reads it"


def test_a_household_gets_the_letter_in_its_language_with_the_english_behind_it(unit: Unit, letter: LetterTemplate, ann: Pupil) -> None:
    keep(unit.desk, key_of(letter), "pl", entry(POLISH))
    found = merged(unit, ann, letter)
    father, mother = found.papers
    assert (mother.language, father.language, found.languages, found.untranslated) == ("pl", "en", {"pl": 1}, ())
    polish, english = map(plain_text, (mother.translated, mother.story))
    assert "Szanowni: Mrs Young" in polish
    assert "Poznaliśmy: Ann Young." in polish
    assert "Prosimy: Ring us." in polish
    assert "4 Larch Way" in polish
    assert english_left(unit.desk, mother.translated, *POLISH.values(), "Ring us") == set()
    assert "We met Ann Young." in english
    assert not father.translated
    assert [document.lang for document in mother.documents()] == ["pl", ""]
    assert_accessible(mother.pdf())
    record_printed(unit.desk, found)
    rows = unit.desk.vault.rows("SELECT sent_to, language, translation FROM letter_sent ORDER BY sent_to")
    (version,) = unit.desk.vault.rows("SELECT id FROM paper_translation")
    assert [tuple(row) for row in rows] == [("Carl Marsh", "en", None), ("Mrs Dora Young", "pl", version["id"])]
    assert log_of(unit.desk)[-1][3] == "letter in pl"
    in_english, in_polish = copy_of(unit, ann, "letters")
    assert (in_english["Language of the paper"], in_polish["Language of the paper"]) == ("English", "Polish, with the English behind it")
    assert "Words of the translation, with what was filled in left open" not in in_english
    assert "Poznaliśmy: {{full name}}." in in_polish["Words of the translation, with what was filled in left open"]
    assert "We met {{full name}}." in in_polish["The same in English, as it went with it"]


def test_a_right_to_left_letter_is_set_from_the_right_and_english_in_it_stays_as_it_is_read(unit: Unit, letter: LetterTemplate) -> None:
    pupil = unit.pupil("Haddad", "Sami", date(2012, 5, 6), **HOME)
    unit.contact(pupil, "Haddad", forename="Rima", parental_responsibility=True, lives_with=True, language="ar")
    keep(unit.desk, key_of(letter), "ar", entry(ARABIC))
    (paper,) = merged(unit, pupil, letter).papers
    assert [document.lang for document in paper.documents()] == ["ar", ""]
    assert "السادة Rima Haddad" in plain_text(paper.translated)
    assert_accessible(paper.pdf())


def test_what_is_not_checked_or_of_other_english_is_not_given(unit: Unit, letter: LetterTemplate, ann: Pupil) -> None:
    key = key_of(letter)
    assert standing(unit, key) is TranslationStanding.NONE
    keep(unit.desk, key, "pl", entry(POLISH, None))
    assert standing(unit, key) is TranslationStanding.UNCHECKED
    assert (merged(unit, ann, letter).languages, merged(unit, ann, letter).untranslated) == ({}, ("pl",))
    keep(unit.desk, key, "pl", entry(POLISH))
    assert standing(unit, key) is TranslationStanding.IN_USE
    changed = letter_templates.save_template(unit.desk, dataclasses.replace(letter, body=letter.body.replace("We met", "We saw")))
    assert standing(unit, key) is TranslationStanding.BEHIND
    assert merged(unit, ann, changed).untranslated == ("pl",)
    assert merged(unit, ann, letter).languages == {"pl": 1}, "the very English it was made of"
    behind = translations.standing_of(unit.desk, papers.paper_named(unit.desk, key), "pl")
    assert behind.proposed_words == {line: words for line, words in POLISH.items() if line != "body/3"} | {
        "body/4": "Prosimy: {{ask:What next}}."
    }
    keep(unit.desk, key, "pl", dataclasses.replace(entry({**POLISH, "body/3": "Widzieliśmy: {{full name}}."}), is_check_new=True))
    assert standing(unit, key) is TranslationStanding.IN_USE
    translations.take_back(unit.desk, key, "pl")
    assert standing(unit, key) is TranslationStanding.NONE
    assert merged(unit, ann, changed).languages == {}
    with pytest.raises(WrongUse, match="no translation"):
        translations.take_back(unit.desk, key, "pl")
    assert unit.count("paper_translation") == 4, "nothing is overwritten"


WRONG = (
    ({"body/1": ""}, {}, "Translate “Dear"),
    ({"body/1": "Szanowni"}, {}, r"Keep \{\{salutation\}\}"),
    ({"body/1": "{{salutation}} {{reference}}"}, {}, r"\{\{reference\}\} is not in"),
    ({"body/1": "{{salutation}} {{"}, {}, "lacks one of its signs"),
    ({"body/1": "{{salutation}} ཀ"}, {}, "No font here"),
    ({"body/1": "{{salutation}} \u202e"}, {}, "signs that are no text"),
    ({"body/1": "{{salutation}} " + "x" * 2001}, {}, "Shorten"),
    ({}, {"translated_by": " "}, "who translated"),
    ({}, {"checked_by": ""}, "who checked it, and on which day"),
    ({}, {"checked_on": date(2027, 1, 1)}, "in the future"),
)


def test_a_translation_that_cannot_be_given_is_refused_with_the_reason(unit: Unit, letter: LetterTemplate) -> None:
    before = state(unit.desk)
    for words, who, match in WRONG:
        with pytest.raises(Refused, match=match):
            keep(unit.desk, key_of(letter), "pl", dataclasses.replace(entry({**POLISH, **words}), **who))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="language from the list"):
        keep(unit.desk, key_of(letter), "en", entry(POLISH))
    with pytest.raises(WrongUse, match="no longer in use"):
        keep(unit.desk, "letter/gone", "pl", entry(POLISH))
    assert state(unit.desk) == before


def photographs(desk: Desk) -> TranslatablePaper:
    return papers.of_consent(types.type_named(desk, "photographs"))


def in_polish(paper: TranslatablePaper) -> dict[str, str]:
    """Each line as something that is told from the English, with the same places."""
    return {line.key: " ".join(["Zdanie", line.key, *sorted(places_in(line.english))]) for line in paper.lines}


def test_a_form_goes_out_with_a_page_in_the_language_and_is_itself_as_it_was(unit: Unit, ann: Pupil) -> None:
    desk = unit.desk
    plain = {form.form.letter.addressee: form for form in printing.make_forms(desk, "photographs", [ann]).forms}
    words = in_polish(photographs(desk))
    keep(desk, "consent/photographs", "pl", entry(words))
    forms = {form.form.letter.addressee: form for form in printing.make_forms(desk, "photographs", [ann]).forms}
    mother = forms["Mrs Dora Young"]
    assert not forms["Carl Marsh"].form.leaf
    leaf = plain_text(mother.form.leaf)
    for key in ("title/1", "question/1", "yes/1", "uses/website", "alternative/1", "leaf-about", "leaf-more"):
        assert f"Zdanie {key}" in leaf
    assert "Zdanie own_question/1" not in leaf, "what a pupil is asked"
    assert "Photographs and videos: Annabel Young" in leaf, "for the office, which reads no Polish"
    assert "{" not in leaf
    assert english_left(desk, mother.form.leaf, *words.values()) == set()
    for was, now in zip(layout(plain["Mrs Dora Young"].page), layout(mother.page), strict=True):
        assert (was.above, was.below, was.boxes) == (now.above, now.below, now.boxes), "no box and no code has moved"
    assert plain["Mrs Dora Young"].form.wording == mother.form.wording
    assert_accessible(printing.own_file(mother))
    large = printing.make_forms(desk, "photographs", [ann], variant=Variant.LARGE).forms
    assert {document.base_size for form in large for document in printing.documents_of(form, "") if document.lang} == {18}
    printing.record_printed(desk, tuple(forms.values()))
    rows = {row["asked"]: row for row in desk.vault.rows("SELECT asked, language, translation FROM paper_form")}
    assert (rows["Mrs Dora Young"]["language"], rows["Carl Marsh"]["language"], rows["Carl Marsh"]["translation"]) == ("pl", "en", None)
    assert rows["Mrs Dora Young"]["translation"]
    assert log_of(desk)[-1][3] == "consent in pl"
    told = {event.giver: (event.language, event.translation) for event in timeline(desk, ann.id).events}
    assert told == {"Mrs Dora Young": ("en", rows["Mrs Dora Young"]["translation"]), "Carl Marsh": ("en", None)}, "the form is in English"
    languages = {facts["Who was asked, or said it"]: facts["Language of the words shown"] for facts in copy_of(unit, ann, "consents")}
    assert languages == {"Mrs Dora Young": "English, with a page in Polish", "Carl Marsh": "English"}
    assert {facts["Language of the paper"] for facts in copy_of(unit, ann, "forms")} == {"English", "English, with a page in Polish"}
    (page_words,) = {facts.get("Words of the translation that the page was made from") for facts in copy_of(unit, ann, "forms")} - {None}
    assert page_words is not None
    assert "Zdanie question/1" in page_words
    random, (page,) = Random(3), layout(mother.page)
    leaf_picture, *_back, picture = scans.pages(printing.own_file(mother))
    ticked = scans.ticked(picture, page, {"website/yes": Pen("cross")}, random)
    came = read(desk, [scans.scanned(sheet_picture, random) for sheet_picture in (leaf_picture, ticked)])
    assert (came.pages, came.filed, came.marked, came.set_aside) == (2, 1, 1, 0), "the leaf is known by its mark, and need not come back"
    (page_waiting,) = waiting.waiting(desk)
    answers = {key: proposal.answer for key, proposal in page_waiting.proposals.items() if proposal.answer}
    assert answers == {"website": "yes"}
    (mother_contact,) = [contact for contact in contacts.of_pupil(desk.vault, ann.id) if contact.forename == "Dora"]
    waiting.confirm(desk, waiting.ConfirmedForm(page_waiting.form.id, answers, mother_contact.id, DAY))
    (given,) = [event for event in timeline(desk, ann.id).events if event.what == "given"]
    assert (given.language, given.translation) == ("en", rows["Mrs Dora Young"]["translation"])


def test_whoever_may_change_the_words_may_keep_their_translation(unit: Unit, letter: LetterTemplate) -> None:
    office = unit.as_role(Role.OFFICE)
    keep(office, key_of(letter), "pl", entry(POLISH))
    with pytest.raises(NotAllowed):
        keep(office, "consent/photographs", "pl", entry(in_polish(photographs(office))))
    with pytest.raises(NotAllowed):
        sheets.write_sheet(office, photographs(office), "pl", {}, Path("never.csv"))


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_the_sheet_for_a_translator_comes_back_as_it_was_filled_in(unit: Unit, letter: LetterTemplate, tmp_path: Path, name: str) -> None:
    desk, paper, path = unit.desk, papers.of_letter(letter), tmp_path / name
    words = {**POLISH, "subject/1": "=O uczniu {{forename}}"}  # which a spreadsheet would take for a formula
    sheets.write_sheet(desk, paper, "pl", words, path)
    taken = sheets.read_sheet(desk, paper, "pl", path.read_bytes())
    assert (taken.words, taken.empty, taken.other_english) == (words, 0, ())
    with pytest.raises(WrongUse, match="This sheet is for Polish, and Arabic is chosen"):
        sheets.read_sheet(desk, paper, "ar", path.read_bytes())
    changed = papers.of_letter(dataclasses.replace(letter, subject="Concerning {{forename}}"))
    other = sheets.read_sheet(desk, changed, "pl", path.read_bytes())
    assert (other.other_english, other.empty, "subject/1" in other.words) == (("About {{forename}}",), 1, False)
    for data in (b"", b"a,b\n1,2\n", b"%PDF-1.7"):
        with pytest.raises(WrongUse):
            sheets.read_sheet(desk, paper, "pl", data)
    with pytest.raises(WrongUse, match=r"\.xlsx"):
        sheets.write_sheet(desk, paper, "pl", {}, tmp_path / "sheet.pdf")


@pytest.fixture
def sheet_path(unit: Unit, letter: LetterTemplate, tmp_path: Path) -> Path:
    path = tmp_path / "sheet.csv"
    sheets.write_sheet(unit.desk, papers.of_letter(letter), "pl", POLISH, path)
    return path


def test_a_sheet_is_written_as_what_it_is_and_bears_the_name_of_its_paper(unit: Unit, letter: LetterTemplate, sheet_path: Path) -> None:
    assert log_of(unit.desk)[-1][1:4] == ("sheet-for-translator", key_of(letter), "in pl")
    assert sheets.sheet_name("Letter: Hello, Ś & you", "pl") == "to-translate-letter-hello-s-you-pl.xlsx"
    assert "Letter: Hello › Heading" in sheet_path.read_text(encoding="utf-8-sig")


def test_the_sheet_of_another_letter_is_said_to_be_that_and_one_of_a_renamed_letter_is_taken(
    unit: Unit, letter: LetterTemplate, sheet_path: Path
) -> None:
    other = letter_templates.save_template(
        unit.desk, LetterTemplate(name="Other", subject="About {{forename}}", body="Dear {{salutation}}")
    )
    with pytest.raises(WrongUse, match="It is of “Letter: Hello”, and “Letter: Other” is chosen"):
        sheets.read_sheet(unit.desk, papers.of_letter(other), "pl", sheet_path.read_bytes())
    renamed = letter_templates.save_template(unit.desk, dataclasses.replace(letter, name="Good morning"))
    assert sheets.read_sheet(unit.desk, papers.of_letter(renamed), "pl", sheet_path.read_bytes()).words == POLISH


def test_a_line_that_stands_on_a_sheet_twice_is_not_taken(unit: Unit, letter: LetterTemplate, sheet_path: Path) -> None:
    first, *lines = sheet_path.read_text(encoding="utf-8-sig").splitlines()
    twice = "\n".join([first, *lines, lines[0].replace("O uczniu", "Uczeń"), lines[1]])
    taken = sheets.read_sheet(unit.desk, papers.of_letter(letter), "pl", twice.encode())
    assert (taken.doubled, taken.empty, set(taken.words)) == (("About {{forename}}",), 1, set(POLISH) - {"subject/1"})


@pytest.mark.parametrize("spoilt", ["cp1250", "ascii"])
def test_a_table_that_lost_letters_is_refused(unit: Unit, letter: LetterTemplate, sheet_path: Path, spoilt: str) -> None:
    data = sheet_path.read_text(encoding="utf-8-sig").replace("›", "-").encode(spoilt, errors="replace")
    with pytest.raises(WrongUse, match=r"Letters may have been lost .*Have it saved as a workbook"):
        sheets.read_sheet(unit.desk, papers.of_letter(letter), "pl", data)
