"""The slip as last page of a notice: on file once it is printed, kept with what was given, and scanned back it says that the notice came."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import CodedPages
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.notices import families, notice_copies, notice_papers, notice_slips, notices
from pupil_desk.services.notices.notice_papers import HTML, Version
from pupil_desk.services.paper_forms import out, printing, waiting
from pupil_desk.services.paper_forms.waiting import ConfirmedForm
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import notice_editions as store
from tests import scans
from tests.documents.checking import assert_accessible
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit
from tests.services.paper_forms.office import read

HAVE = "notice/have"


def _family(unit: Unit, surname: str = "Penn", *, dob: date = date(2012, 5, 1), holders: int = 1) -> Pupil:
    pupil = unit.pupil(surname, "Zoë", dob, address_1="1 Lane", postcode="SG4 7ZZ")
    for number in range(holders):
        unit.contact(pupil, surname, forename=f"Parent {number}", parental_responsibility=True, lives_with=True)
    return pupil


def _letters(unit: Unit, *people: Pupil) -> list[Letter]:
    return [letter for pupil in people for letter in notices.letters_of(unit.desk, pupil.id).letters]


def _printed(unit: Unit, letters: list[Letter], version: Version = notice_papers.AS_USUAL) -> dict[Letter, printing.NumberedForm]:
    slips = notice_slips.slips_for(unit.desk, letters, version)
    notice_slips.log_printed(unit.desk, letters, slips.values())
    return slips


def _files(unit: Unit, letters: list[Letter], slips: dict[Letter, printing.NumberedForm]) -> list[bytes]:
    made = notices.papers(unit.desk, letters, slips={letter: slip.page for letter, slip in slips.items()})
    return [notice_papers.file_of(paper.sheet) for paper in made]


def test_printed_with_a_notice_its_page_scanned_back_says_that_it_came(unit: Unit) -> None:
    pupil = _family(unit)
    (letter,) = letters = _letters(unit, pupil)
    slips = _printed(unit, letters)
    assert [one.form.id for one in out.missing(unit.desk)] == [slips[letter].form_id], (
        "it is waited for before it is on record that it was given"
    )
    notices.issue(unit.desk, letters, "by-hand", slips=notice_slips.on_file(unit.desk, letters))
    (file,) = _files(unit, letters, slips)
    *front, last = scans.pages(file)
    (page,) = layout(slips[letter].page)
    came = read(unit.desk, [scans.ticked(last, page, {HAVE: Pen("tick")}, Random(1))])
    assert (came.filed, came.set_aside) == (1, 0)
    assert len(front) == 4, "two sides, the pupil’s side and its back"
    (one,) = waiting.waiting(unit.desk)
    contact = letter.contacts[0].id
    waiting.confirm(unit.desk, ConfirmedForm(one.id, {"notice": "have"}, contact, DAY))
    assert [row.acknowledged for row in families.notices_given(unit.desk)] == [DAY]
    (said,) = store.acknowledgements_by_pupil(unit.desk.vault)[pupil.id]
    assert said.form_id == slips[letter].form_id
    assert said.evidence is not None
    assert out.out(unit.desk) == []


def test_what_is_kept_as_given_is_the_notice_with_the_slip_that_was_printed(unit: Unit) -> None:
    letters = _letters(unit, _family(unit), _family(unit, "Oakham", holders=2), _family(unit, "Quill", dob=date(2010, 5, 1)))
    slips = _printed(unit, letters)
    assert notice_slips.on_file(unit.desk, letters) == {letter: _as_on_file(slips[letter]) for letter in letters}
    notices.issue(unit.desk, letters, "post", slips=notice_slips.on_file(unit.desk, letters))
    kept = {notice_copies.given_file(unit.desk, row.issue.id).data for row in families.notices_given(unit.desk)}
    assert kept == set(_files(unit, letters, slips))
    assert notice_copies.damaged(unit.desk) == 0
    sizes = unit.desk.vault.rows("SELECT length(body) AS kept, size FROM notice_copy")
    assert [(row["kept"], row["size"]) for row in sizes if not 3 * row["kept"] < row["size"]] == []
    assert [row["variant"] for row in unit.desk.vault.rows("SELECT variant FROM notice_specimen")] == ["standard+sides+pupil+slip"]
    edition = notices.current_edition(unit.desk)
    assert notice_copies.edition_file(unit.desk, edition) == notice_copies.specimen_file(unit.desk, edition), "an edition has no slip"


def _as_on_file(slip: printing.NumberedForm) -> CodedPages:
    return replace(slip.page, codes=slip.page.codes[: len(layout(slip.page))])


def test_only_what_was_printed_and_is_still_out_goes_with_what_is_given(unit: Unit) -> None:
    first, second = letters = _letters(unit, _family(unit), _family(unit, "Quill"))
    assert notice_slips.on_file(unit.desk, letters) == {}
    slips = _printed(unit, [first])
    assert set(notice_slips.on_file(unit.desk, letters)) == {first}
    assert notice_slips.on_file(unit.desk, letters, Version("en", "large")) == {}, "it was printed as usual"
    again = _printed(unit, [first])
    assert notice_slips.on_file(unit.desk, letters)[first].codes[0] == again[first].page.codes[0]
    out.give_up(unit.desk, [again[first].form_id], "The family has moved")
    assert notice_slips.on_file(unit.desk, letters) == {}
    assert slips[first].page.codes[0] != again[first].page.codes[0]
    assert second not in slips


def test_it_is_on_a_sheet_of_its_own_and_the_checkers_find_nothing(unit: Unit) -> None:
    letters = _letters(unit, _family(unit))
    slips = notice_slips.slips_for(unit.desk, letters)
    (file,) = _files(unit, letters, slips)
    assert_accessible(file)
    read_again = read_pdf(file)
    assert read_again.pages % 2 == 1, "nothing of the notice stands on its back"
    assert "Have you got our privacy notice?" in read_again.text


def test_in_large_print_it_is_large_and_what_goes_beside_the_notice_has_none(unit: Unit) -> None:
    letters = _letters(unit, _family(unit))
    (large,) = notice_slips.slips_for(unit.desk, letters, Version("en", "large")).values()
    assert large.page.base == 18
    assert notice_slips.slips_for(unit.desk, letters, Version("en", "easy")) == {}


def test_the_notice_and_its_slip_are_told_once_each(unit: Unit) -> None:
    letters = _letters(unit, _family(unit))
    slips = _printed(unit, letters)
    told = unit.desk.vault.rows("SELECT what FROM disclosure ORDER BY seq")
    assert [row["what"] for row in told] == ["Privacy notice", "Slip: you have our privacy notice"]
    notices.issue(unit.desk, letters, "post", slips=notice_slips.on_file(unit.desk, letters))
    assert unit.count("disclosure") == 2
    notice_slips.log_printed(unit.desk, letters, slips.values())  # the same once more, after the paper jammed
    assert unit.count("paper_form") == 1
    assert unit.count("disclosure") == 3


def test_who_said_so_by_word_is_not_waited_for(unit: Unit) -> None:
    letters = _letters(unit, _family(unit, dob=date(2010, 5, 1)))
    _printed(unit, letters)
    notices.issue(unit.desk, letters, "post", slips=notice_slips.on_file(unit.desk, letters))
    assert len(out.missing(unit.desk)) == 2
    families.acknowledge(unit.desk, families.not_acknowledged(unit.desk), "phone", DAY)
    assert out.missing(unit.desk) == []


def test_that_somebody_has_it_is_taken_back_with_a_reason_and_the_sheet_says_why(unit: Unit) -> None:
    pupil = _family(unit, dob=date(2010, 5, 1))
    notices.issue(unit.desk, _letters(unit, pupil), "post")
    families.acknowledge(unit.desk, families.not_acknowledged(unit.desk)[:1], "phone", DAY)
    (said,) = [row for row in families.notices_given(unit.desk) if row.acknowledged]
    with pytest.raises(Refused):
        families.take_back(unit.desk, [said], "  ")
    families.take_back(unit.desk, [said], "Another family rang")
    assert not any(row.acknowledged for row in families.notices_given(unit.desk))
    (told,) = next(part for part in sheet.everything(unit.desk, pupil.id) if part.name == "acknowledgements").entries
    assert ("back_because", "Taken back, and counts no more, because", "Another family rang", "Another family rang") in told.facts
    with pytest.raises(WrongUse):
        families.take_back(unit.desk, [said], "Again")
    families.acknowledge(unit.desk, [said], "phone", DAY)
    assert [row.acknowledged for row in families.notices_given(unit.desk) if row.acknowledged] == [DAY], "and can be said again"


def test_a_slip_of_an_older_edition_is_waited_for_until_a_newer_one_was_given(unit: Unit) -> None:
    moved_on, still = _family(unit, holders=2), _family(unit, "Reed")
    old = _letters(unit, moved_on, still)
    slips = _printed(unit, old)
    notices.issue(unit.desk, old, "post", slips=notice_slips.on_file(unit.desk, old))
    first = notices.current_edition(unit.desk)
    settings_service.save_settings(unit.desk, replace(unit.desk.settings, head="Robin Vale"))
    assert notices.current_edition(unit.desk).number == first.number + 1
    assert {one.pupil.id for one in out.missing(unit.desk)} == {moved_on.id, still.id}, "nobody has the newer one yet"
    notices.issue(unit.desk, _letters(unit, moved_on), "by-hand", slips={})
    assert [one.form.id for one in out.missing(unit.desk)] == [slips[letter].form_id for letter in old if letter.pupil.id == still.id]
    (answered,) = [one for one in out.out(unit.desk) if one.answered]
    assert answered.pupil.id == moved_on.id
    notices.issue(unit.desk, _letters(unit, still), "by-hand", slips={})
    assert out.missing(unit.desk) == []


def test_a_web_page_has_none(unit: Unit) -> None:
    letters = _letters(unit, _family(unit))
    slips = notice_slips.slips_for(unit.desk, letters)
    (paper,) = notices.papers(unit.desk, letters, slips={letter: slip.page for letter, slip in slips.items()})
    assert b"Have you got our privacy notice?" not in notice_papers.file_of(paper.sheet, HTML)


def test_a_notice_recorded_as_given_by_mistake_is_due_again_and_who_was_given_it_once_more_keeps_what_they_said(unit: Unit) -> None:
    pupil = _family(unit)
    letters = _letters(unit, pupil)
    for _time in range(2):
        notices.issue(unit.desk, letters, "post", copies=())
    families.acknowledge(unit.desk, families.not_acknowledged(unit.desk), "phone", DAY)
    last, first = families.notices_given(unit.desk)
    with pytest.raises(Refused):
        families.take_given_back(unit.desk, [last], " ")
    families.take_given_back(unit.desk, [last], "Twice")
    assert [(row.issue.id, row.acknowledged) for row in families.notices_given(unit.desk)] == [(first.issue.id, DAY)]
    assert not notices.is_due(unit.desk, pupil.id)
    families.take_given_back(unit.desk, [first], "Never posted")
    assert families.notices_given(unit.desk) == []
    assert notices.is_due(unit.desk, pupil.id)
    with pytest.raises(WrongUse):
        families.take_given_back(unit.desk, [first], "Again")
