"""The bytes of a notice that was given come back as they were, whatever changed since; they are small, and go with the pupil."""

import dataclasses
import hashlib
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import Damaged, WrongUse
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.backup import checks
from pupil_desk.services.duplicates import merging
from pupil_desk.services.notices import families, notice_copies, notice_editions, notice_papers, notice_text, notice_words, notices
from pupil_desk.services.notices.notice_papers import HTML, PDF, Version
from pupil_desk.services.saving import Saving, save_notices
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import notice_editions as store
from tests.documents.checking import assert_accessible
from tests.services import erased_at_once
from tests.services.exports.made import Unit
from tests.services.state import log_of

EASY = NoticeProse(variant="easy", front="# Your information, in easy words\n\nWe are {unit}.")


def _family(unit: Unit, surname: str = "Penn", *, holders: int = 1, dob: date = date(2012, 5, 1)) -> Pupil:
    pupil = unit.pupil(surname, "Zoë", dob, address_1="1 Lane", postcode="SG4 7ZZ")
    for number in range(holders):
        unit.contact(pupil, surname, forename=f"Parent {number}", parental_responsibility=True, lives_with=True)
    return pupil


def _letters(unit: Unit, *people: Pupil) -> list[Letter]:
    return [letter for pupil in people for letter in notices.letters_of(unit.desk, pupil.id).letters]


def _quietly(_done: int, _total: int, _words: str) -> None:
    return


def _given(unit: Unit) -> list[str]:
    return [row.issue.id for row in families.notices_given(unit.desk)]


@pytest.mark.parametrize("form", [PDF, HTML])
def test_what_was_written_is_what_is_kept_byte_for_byte(unit: Unit, tmp_path: Path, form: str) -> None:
    letters = _letters(unit, _family(unit), _family(unit, "Ōshiro-Ñandú"))
    with Saving(tmp_path) as saving:
        copies, _changed = save_notices(saving, unit.desk, letters, form, _quietly)
    notices.issue(unit.desk, letters, "email", copies=copies)
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, name="Another Name", head="Robin"))
    written = {hashlib.sha256(path.read_bytes()).hexdigest(): path.read_bytes() for path in tmp_path.glob(f"*.{form}")}
    found = [notice_copies.given_file(unit.desk, issue) for issue in _given(unit)]
    assert len(found) == 2
    assert {one.digest: one.data for one in found} == written
    assert {one.form for one in found} == {form}


def test_without_files_the_pdf_of_each_letter_is_kept_for_each_person(unit: Unit) -> None:
    letters = _letters(unit, _family(unit, holders=2, dob=date(2010, 5, 1)))
    notices.issue(unit.desk, letters, "post")
    files = [notice_copies.given_file(unit.desk, issue).data for issue in _given(unit)]
    made = [notice_papers.file_of(paper.sheet) for paper in notices.papers(unit.desk, letters)]
    assert len(files) == 3  # two parents share a letter, and the pupil has one
    assert set(files) == set(made)
    assert unit.count("notice_specimen") == 1


def test_a_familys_copy_takes_little_beside_its_specimen(unit: Unit) -> None:
    notices.issue(unit.desk, _letters(unit, *(_family(unit, name) for name in ("Penn", "Quill", "Oakham"))), "post")
    sizes = unit.desk.vault.rows("SELECT length(body) AS kept, size FROM notice_copy")
    assert all(row["kept"] < 5_000 < 50_000 < row["size"] for row in sizes)


def test_in_large_print_and_beside_the_whole_notice(unit: Unit) -> None:
    pupil = _family(unit)
    notice_words.make_current(unit.desk, EASY)
    letters = _letters(unit, pupil)
    notices.issue(unit.desk, letters, "by-hand", version=Version("en", "easy"))
    assert notices.notices_due(unit.desk).letters == tuple(letters)  # it goes with the whole notice, and does not stand for it
    notices.issue(unit.desk, letters, "by-hand", version=Version("en", "large"))
    assert notices.notices_due(unit.desk).letters == ()
    assert [(row.issue.variant, row.issue.whole) for row in families.notices_given(unit.desk)] == [("large", True), ("easy", False)]
    assert unit.count("notice_specimen") == 2
    assert log_of(unit.desk)[-1][3] == "edition 1, en large"
    large, easy = (notice_copies.given_file(unit.desk, issue).data for issue in _given(unit))
    assert large != easy


def _pages(data: bytes) -> int:
    return read_pdf(data).pages


def test_the_unit_may_give_the_tables_to_all_and_what_was_given_stays_as_it_was(unit: Unit) -> None:
    letters = _letters(unit, _family(unit))
    notices.issue(unit.desk, letters, "by-hand")
    edition = notices.current_edition(unit.desk)
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, whole_notice=True))
    assert notices.current_edition(unit.desk) == edition, "how much of it is given on paper is no other promise"
    notices.issue(unit.desk, letters, "by-hand", pupil_side=False)
    later, earlier = (notice_copies.given_file(unit.desk, issue).data for issue in _given(unit))
    assert _pages(earlier) == 3
    assert "Legal surname" not in read_pdf(earlier).text
    assert _pages(later) >= 8
    assert "Legal surname" in read_pdf(later).text
    assert notice_copies.damaged(unit.desk) == 0
    rows = unit.desk.vault.rows("SELECT variant FROM notice_specimen ORDER BY variant")
    assert [row["variant"] for row in rows] == ["standard", "standard+sides+pupil"]


def test_words_that_do_not_say_where_the_tables_are_are_given_with_them(unit: Unit) -> None:
    front = notice_text.prose().replace(" Ask {tables_contact}", "")
    notice_editions.make_current(unit.desk, front, notice_text.prose("notice_more"))
    (paper,) = notices.papers(unit.desk, _letters(unit, _family(unit)))
    assert paper.sheet.with_tables
    assert "Legal surname" in read_pdf(notice_papers.file_of(paper.sheet)).text


def test_an_edition_for_the_office_has_its_tables_and_these_can_be_had_alone(unit: Unit) -> None:
    notices.issue(unit.desk, _letters(unit, _family(unit)), "by-hand")
    edition = notices.current_edition(unit.desk)
    assert "Legal surname" in read_pdf(notice_copies.edition_file(unit.desk, edition)).text
    alone = notice_copies.tables_file(unit.desk, edition)
    assert read_pdf(alone).text.startswith("Privacy notice: the tables")
    assert edition.name in read_pdf(alone).text
    assert_accessible(alone)
    page = notice_copies.web_page(unit.desk, edition).decode()
    assert "Legal surname" in page
    assert "addressed to nobody" not in page


def test_the_pupils_side_goes_where_the_pupil_lives(unit: Unit) -> None:
    pupil = _family(unit, dob=date(2010, 5, 1))
    unit.contact(pupil, "Reed", forename="Otto", parental_responsibility=True, lives_with=False, address_1="9 Far Road", postcode="SG4 8ZZ")
    papers = {paper.letter.addressee: paper for paper in notices.papers(unit.desk, _letters(unit, pupil))}
    assert {name: paper.sheet.pupil is not None for name, paper in papers.items()} == {
        "Parent 0 Penn": True,
        "Otto Reed": False,
        "Zoë Penn": True,
    }
    assert all(_pages(notice_papers.file_of(paper.sheet)) == 2 + paper.letter.at_home for paper in papers.values())
    assert_accessible(notice_papers.file_of(papers["Zoë Penn"].sheet))


def test_an_easy_version_does_not_raise_what_youth_support_is_told(unit: Unit) -> None:
    from pupil_desk.services.sharing import sharing
    from tests.services.exports.made import DAY

    pupil = _family(unit)
    notice_words.make_current(unit.desk, EASY)
    notices.issue(unit.desk, _letters(unit, pupil), "by-hand", version=Version("en", "easy"))
    assert [row.decision.level for row in sharing.preview(unit.desk, "youth-support", DAY)] == ["minimum"]
    assert sharing.decision_for(unit.desk, pupil.id, "youth-support", DAY).level == "minimum"  # type: ignore[union-attr]


def test_copies_of_an_edition_that_has_gone_are_refused(unit: Unit) -> None:
    letters = _letters(unit, _family(unit))
    copies = list(notice_copies.copies(unit.desk, letters))
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Robin"))
    with pytest.raises(WrongUse, match="has changed since"):
        notices.issue(unit.desk, letters, "post", copies=copies)
    assert unit.count("notice_issue") == unit.count("notice_edition") == 0


def test_what_no_font_can_print_is_recorded_without_a_file(unit: Unit) -> None:
    letters = _letters(unit, _family(unit, "𠮷村"), _family(unit))
    notices.issue(unit.desk, letters, "post")
    assert unit.count("notice_issue") == 2
    assert unit.count("notice_copy") == 1
    (without,) = [row.issue.id for row in families.notices_given(unit.desk) if row.size is None]
    with pytest.raises(WrongUse, match="was not kept"):
        notice_copies.given_file(unit.desk, without)
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="𠮷村"))
    notices.issue(unit.desk, letters, "by-hand")
    assert unit.count("notice_issue") == 4
    assert unit.count("notice_copy") == 1


def test_what_does_not_give_the_digest_is_damage(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    notices.issue(unit.desk, _letters(unit, _family(unit)), "post")
    assert notice_copies.damaged(unit.desk) == 0
    (issue,) = _given(unit)
    monkeypatch.setattr(store, "specimen", lambda _vault, _digest: b"%PDF-1.7\nanother")
    with pytest.raises(Damaged):
        notice_copies.given_file(unit.desk, issue)
    assert notice_copies.damaged(unit.desk) == 1
    assert "What is kept of 1 notice as it was given is damaged" in next(found.message for found in checks.check_file(unit.desk))
    monkeypatch.setattr(notice_copies, "patched", lambda _base, _body: b"another")
    with pytest.raises(Damaged):
        notice_copies.given_file(unit.desk, issue)


def test_a_copy_goes_with_its_pupil_and_the_specimen_stays(unit: Unit) -> None:
    pupil, other = _family(unit), _family(unit, "Quill")
    notices.issue(unit.desk, _letters(unit, pupil, other), "post")
    erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court")
    assert (unit.count("notice_copy"), unit.count("notice_specimen")) == (1, 1)
    (issue,) = _given(unit)
    assert b"%PDF" in notice_copies.given_file(unit.desk, issue).data


def test_of_two_records_of_one_pupil_each_keeps_its_own_and_either_can_be_erased(unit: Unit) -> None:
    one, other = _family(unit), _family(unit)
    notices.issue(unit.desk, _letters(unit, one, other), "post")
    merging.merge(unit.desk, one.id, other.id, reason="One girl")
    assert {row.issue.pupil_id for row in families.notices_given(unit.desk)} == {one.id}
    notices.issue(unit.desk, _letters(unit, one), "by-hand")
    merging.part(unit.desk, other.id, reason="Two after all")
    for pupil in (other, one):
        erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court")
    assert unit.count("notice_copy") == 0
