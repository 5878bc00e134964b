"""A family whose name no font can print is left out of the notices, named, and stops nobody."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, unwatched
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.ui.pages.notices.papers import Enclosures, give, notice_sheets, save_papers


@pytest.fixture
def rare(desk: Desk) -> Pupil:
    pupil = pupils.add_pupil(
        desk,
        Pupil(surname="𠮷", forename="Ren", dob=date(2012, 5, 1), address_1="1 Elm Row"),
        Enrolment(status="C", start_date=date(2026, 9, 2)),
    )
    contacts.add_contact(
        desk, Contact(pupil_id=pupil.id, surname="𠮷", forename="Mio", relationship="PAM", parental_responsibility=True, lives_with=True)
    )
    return pupil


def test_on_the_screen_in_a_folder_and_in_what_is_recorded(desk: Desk, rare: Pupil, tmp_path: Path) -> None:
    every = list(notices.letters_of_everyone(desk).letters)
    letters = [letter for letter in every if letter.pupil.id == rare.id] + [letter for letter in every if letter.pupil.id != rare.id][:1]
    sheets = notice_sheets(desk, letters, besides=Enclosures(), progress=unwatched)
    assert ([one.pupil.id for one in sheets.left_out], len(sheets.letters)) == ([rare.id], 1)
    saving, _changed, left_out = save_papers(desk, letters, tmp_path, form="pdf", besides=Enclosures(), progress=unwatched)
    assert (len(saving.files), [one.pupil.id for one in left_out]) == (1, [rare.id])
    changed, files, left_out = give(desk, letters, "email", desk.today, besides=Enclosures(), folder=tmp_path, progress=unwatched)
    assert (files, [one.pupil.id for one in left_out], rare.id in changed.ids) == (1, [rare.id], False)
    assert desk.vault.first_row("SELECT 1 FROM notice_issue WHERE pupil_id = ?", (rare.id,)) is None


def test_where_nothing_is_left_it_is_said_whose_it_is(desk: Desk, rare: Pupil) -> None:
    letters = [letter for letter in notices.letters_of_everyone(desk).letters if letter.pupil.id == rare.id]
    with pytest.raises(Known, match="Ren 𠮷"):
        notice_sheets(desk, letters, besides=Enclosures(), progress=unwatched)
