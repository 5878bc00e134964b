"""The words of the notice: the program's, the unit's in their place, drafts, translations, and what may be made current."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import AddressBlock, plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.notices.check import ElementStanding
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import checklist, notice_editions, notice_papers, notice_text, notice_words, notices
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.notices.notice_papers import AS_USUAL, Version
from pupil_desk.store.tables import notice_editions as store
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit
from tests.services.state import log_of, state

FRONT, MORE = notice_text.prose().strip(), notice_text.prose("notice_more").strip()
OWN = FRONT + "\n\n## Pictures\n\nWe take none."
POLISH = NoticeProse(
    language="pl",
    front="# Jak używamy informacji o uczniach\n\n"
    "{unit} {controller} {dpo} {purposes} {categories} {youth_service} {youth_minimum} {choices_contact} "
    "{kept_pupil} {copy_contact} {unit_contact}",
    more="## Więcej\n\n{unit_reach} {dfe_share_page} {dfe_requests_page} {dfe_page} {dfe_charter_page} {lrs_page} {ico_page}",
    translated_by="Maria Kowalska",
)


def _publish(unit: Unit, front: str = OWN, more: str = MORE, **why: str) -> None:
    notice_editions.make_current(unit.desk, front, more, **why)


def _words(unit: Unit, language: str = "en", variant: str = "standard") -> notice_words.PlaceWords:
    return next(words for words in notice_words.words_of_every_place(unit.desk) if words.place == (language, variant))


def _standings(unit: Unit, front: str, more: str = MORE) -> dict[str, ElementStanding]:
    return {one.element.key: one.standing for one in checklist.checked(unit.desk, MAIN, front, more)}


def test_at_first_the_programs_own_words_count(unit: Unit) -> None:
    words = _words(unit)
    assert words.current == notice_text.shipped()
    assert (words.draft, words.made_current, words.behind, words.newer) == (None, None, False, False)
    assert notice_words.current(unit.desk).version == 0


def test_a_draft_is_kept_and_is_not_in_use(unit: Unit) -> None:
    edition = notices.current_edition(unit.desk)
    assert notice_words.draft_or_current(unit.desk, MAIN).front.strip() == FRONT
    notice_words.save_draft(unit.desk, MAIN, "# Half a th", "")
    notice_words.save_draft(unit.desk, MAIN, "# Half a thought  \r\n\r\n\r\n\r\nand", "")
    draft = _words(unit).draft
    assert draft is not None
    assert (draft.front, draft.actor) == ("# Half a thought\n\nand", "Ann Officer")
    assert notice_words.draft_or_current(unit.desk, MAIN) == draft
    assert notices.current_edition(unit.desk) == edition
    notice_words.drop_draft(unit.desk, MAIN)
    assert _words(unit).draft is None


def test_a_draft_that_lacks_what_the_law_asks_cannot_be_made_current(unit: Unit) -> None:
    before = state(unit.desk)
    with pytest.raises(Refused, match="data protection officer: Name the data") as refused:
        _publish(unit, OWN.replace("{dpo}", ""))
    assert [problem.code for problem in refused.value.problems] == ["law"]
    with pytest.raises(Refused, match=r"Nothing fills \{nobody\}"):
        _publish(unit, OWN + "\n\n{nobody}")
    assert state(unit.desk) == before


def test_words_made_current_are_a_new_edition_at_once_on_file(unit: Unit) -> None:
    notice_words.save_draft(unit.desk, MAIN, OWN, MORE)
    _publish(unit)
    words, edition = _words(unit), notices.current_edition(unit.desk)
    assert words.draft is None
    assert words.current is not None
    assert (words.current.front, words.current.version, words.made_current and words.made_current[1]) == (OWN, 1, "Ann Officer")
    assert [(one.edition, one.current, one.lrs) for one in notice_editions.on_file(unit.desk)] == [(edition, True, True)]
    assert log_of(unit.desk)[-2][1:4] == ("edit-notice", edition.id, "edition 1")
    assert "We take none" not in str(log_of(unit.desk))
    with pytest.raises(WrongUse, match="in use already"):
        _publish(unit)


def test_the_programs_words_are_had_back_as_a_further_edition(unit: Unit) -> None:
    with pytest.raises(WrongUse, match="in use already"):
        notice_editions.use_shipped(unit.desk)
    _publish(unit)
    notice_editions.use_shipped(unit.desk)
    assert notice_words.current(unit.desk) == notice_text.shipped()
    assert [one.edition.number for one in notice_editions.on_file(unit.desk)] == [2, 1]
    _publish(unit)
    assert notice_words.current(unit.desk).version == 3


def test_newer_words_of_the_program_are_told_and_do_not_overwrite(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    _publish(unit)
    prose = notice_text.prose
    monkeypatch.setattr(notice_text, "prose", lambda part="notice": prose(part) + "\n\nOne sentence more.")
    assert _words(unit).newer
    assert notice_words.current(unit.desk).front == OWN


def test_the_checklist_says_what_is_missing_and_what_is_to_be_completed(unit: Unit) -> None:
    bare = _standings(unit, FRONT)
    assert {key for key, standing in bare.items() if standing is not ElementStanding.MET} == {
        "controller",
        "dpo",
        "recipients",
        "rights",
        "complain",
    }
    assert ElementStanding.MISSING not in bare.values()
    assert (
        _standings(unit, FRONT.replace("{lrs_page}", "").replace("**The Learning Records Service, from 14.**", "It"))["lrs"]
        is ElementStanding.MET
    )
    assert _standings(unit, FRONT, MORE.replace("{lrs_page}", ""))["lrs"] is ElementStanding.MISSING
    long = _standings(unit, FRONT + "\n\n" + "A long sentence that says nothing new. " * 120)
    assert long["length"] is ElementStanding.TO_COMPLETE


def test_only_an_edition_that_tells_of_the_learning_records_service_counts_for_it() -> None:
    assert checklist.tells_of_lrs(FRONT, MORE)
    assert not checklist.tells_of_lrs(FRONT, MORE.replace("{lrs_page}", ""))


def test_a_translation_is_given_only_once_somebody_has_checked_it(unit: Unit) -> None:
    notice_words.make_current(unit.desk, POLISH)
    assert notice_papers.versions(unit.desk)[:2] == [AS_USUAL, Version("en", "large")]
    assert Version("pl") not in notice_papers.versions(unit.desk)
    with pytest.raises(WrongUse, match="not checked"):
        notice_papers.prose_for(unit.desk, Version("pl"))
    checked = NoticeProse(
        language="pl", front=POLISH.front, more=POLISH.more, translated_by="Maria Kowalska", checked_by="Jan Nowak", checked_on=DAY
    )
    notice_words.make_current(unit.desk, checked)
    assert {Version("pl"), Version("pl", "large")} <= set(notice_papers.versions(unit.desk))
    assert Version("pl", "large").words == "Polish, large print"
    found = notice_papers.prose_for(unit.desk, Version("pl"))
    assert (found.translated_by, found.checked_by, found.checked_on, found.version) == ("Maria Kowalska", "Jan Nowak", DAY, 2)


def test_a_translation_of_words_that_are_no_longer_current_is_given_no_more(unit: Unit) -> None:
    checked = NoticeProse(language="pl", front=POLISH.front, more=POLISH.more, translated_by="Maria", checked_by="Jan", checked_on=DAY)
    notice_words.make_current(unit.desk, checked)
    edition = notices.current_edition(unit.desk)
    _publish(unit)
    assert _words(unit, "pl").behind
    assert Version("pl") not in notice_papers.versions(unit.desk)
    with pytest.raises(Refused, match="Other words were checked"):
        notice_words.make_current(unit.desk, checked)
    notice_words.make_current(unit.desk, checked, is_check_new=True)  # looked over, and found to say the same
    assert not _words(unit, "pl").behind
    assert notices.current_edition(unit.desk).number == edition.number  # a translation makes no edition


def test_a_check_does_not_go_over_to_other_words_unless_it_is_stated_of_them(unit: Unit) -> None:
    checked = dataclasses.replace(POLISH, translated_by="Maria", checked_by="Jan", checked_on=DAY)
    notice_words.make_current(unit.desk, checked)
    other = dataclasses.replace(checked, more=f"{checked.more}\n\nJeszcze jedno zdanie.")
    with pytest.raises(Refused, match="Other words were checked"):
        notice_words.make_current(unit.desk, other)
    assert [version.version for version in _proses(unit)] == [1]
    notice_words.make_current(unit.desk, other, is_check_new=True)
    assert [version.checked_by for version in _proses(unit)] == ["Jan", "Jan"]


def _proses(unit: Unit) -> list[NoticeProse]:
    return [prose for prose in store.proses(unit.desk.vault) if prose.language == "pl"]


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"translated_by": " "}, "who translated"),
    ({"checked_by": "J"}, "who checked it, and on which day"),
    ({"checked_by": "J", "checked_on": date(2026, 11, 25)}, "in the future"),
    ({"front": "# T\n\nnothing"}, r"[Pp]ut in"),
    ({"language": "xx"}, "cannot be written"),
    ({"variant": "large"}, "cannot be written"),
)


def test_a_translation_says_who_made_and_who_checked_it(unit: Unit) -> None:
    before = state(unit.desk)
    for change, match in WRONG:
        with pytest.raises((Refused, WrongUse), match=match):
            notice_words.make_current(unit.desk, dataclasses.replace(POLISH, **change))  # type: ignore[arg-type]
    assert state(unit.desk) == before


def test_words_beside_the_whole_notice_need_only_be_printable(unit: Unit) -> None:
    easy = NoticeProse(variant="easy", front="# Your information\n\nWe are {unit}.")
    notice_words.make_current(unit.desk, easy)
    assert Version("en", "easy") in notice_papers.versions(unit.desk)
    assert not Version("en", "easy").is_whole
    notice_words.take_back(unit.desk, ("en", "easy"))
    assert all(words.current != easy for words in notice_words.words_of_every_place(unit.desk))
    with pytest.raises(WrongUse):
        notice_words.take_back(unit.desk, MAIN)
    with pytest.raises(WrongUse):
        notice_words.make_current(unit.desk, NoticeProse(front=OWN, more=MORE))


def test_only_a_data_officer_writes_the_notice(unit: Unit) -> None:
    _publish(unit)
    for role in (Role.OFFICE, Role.ASSISTANT_HEAD):
        _refused(unit.as_role(role))


def _refused(desk: Desk) -> None:
    before = state(desk)
    for act in (
        lambda: notice_words.draft_or_current(desk, MAIN),
        lambda: notice_words.save_draft(desk, MAIN, OWN, MORE),
        lambda: notice_words.drop_draft(desk, MAIN),
        lambda: notice_editions.make_current(desk, FRONT, MORE),
        lambda: notice_editions.use_shipped(desk),
        lambda: notice_words.make_current(desk, POLISH),
        lambda: notice_words.take_back(desk, ("en", "easy")),
    ):
        with pytest.raises(NotAllowed, match="data officer"):
            act()
    assert state(desk) == before
    assert notice_words.words_of_every_place(desk)
    assert notice_editions.on_file(desk)


def test_the_translation_that_the_program_brings_is_given_once_it_is_checked_with_the_tables_in_english(unit: Unit) -> None:
    arabic = notice_words.shipped(("ar", "standard"))
    assert arabic is not None
    assert _words(unit, "ar").current is None
    assert Version("ar") not in notice_papers.versions(unit.desk)
    assert notice_words.draft_or_current(unit.desk, ("ar", "standard")).front == arabic.front
    notice_words.make_current(
        unit.desk, dataclasses.replace(arabic, translated_by="The program", checked_by="Samira Haddad", checked_on=DAY)
    )
    letters = _letters(unit)
    (paper,) = notice_papers.papers(unit.desk, letters, Version("ar"))
    assert paper.title == arabic.front.split("\n")[0].removeprefix("# ")
    assert plain_text(paper.sheet.tables).startswith("Every detail, in tables")
    assert "Legal surname" in plain_text(paper.sheet.tables)
    assert "Legal surname" not in plain_text(paper.story)
    assert not paper.sheet.with_tables, "the words say where the tables are"
    assert_accessible(notice_papers.file_of(paper.sheet))
    with_tables = notice_papers.in_print_file(dataclasses.replace(paper.sheet, with_tables=True, pupil=None))
    assert [document.title for document in with_tables] == [paper.title, "Privacy notice: the tables, in English"]
    assert b"Legal surname" in notice_papers.file_of(paper.sheet, notice_papers.HTML)


def test_each_layout_of_the_programs_words_can_be_given(unit: Unit) -> None:
    letters = _letters(unit)
    for version in (AS_USUAL, Version("en", "large"), Version("en", "easy"), Version("en", "pupil")):
        assert version in notice_papers.versions(unit.desk)
        (paper,) = notice_papers.papers(unit.desk, letters, version)
        addressed = any(isinstance(block, AddressBlock) for block in paper.story)
        assert addressed is version.is_whole  # what goes beside the whole notice lies in its envelope
    assert_accessible(notice_papers.file_of(paper.sheet))


def _letters(unit: Unit) -> tuple[Letter, ...]:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    unit.contact(pupil, "Penn", forename="Ann", parental_responsibility=True, lives_with=True)
    return notices.letters_of(unit.desk, pupil.id).letters
