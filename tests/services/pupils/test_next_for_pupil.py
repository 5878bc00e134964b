"""What comes next for a new pupil: a contact, the notice, the question about sharing, and then nothing."""

from datetime import date

from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.home import home
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils.next_for_pupil import NextForPupil, next_for_pupil
from pupil_desk.services.sharing import sharing
from tests.services.exports.made import DAY, Unit


def test_each_step_follows_when_the_one_before_is_done(unit: Unit) -> None:
    """And each is in Home's lists while it is the next."""
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    assert next_for_pupil(unit.desk, pupil.id) is NextForPupil.CONTACT
    assert home.tasks(unit.desk).notices.without_addressee == (pupil,)
    mother = unit.contact(pupil, "Penn", parental_responsibility=True, lives_with=True)
    assert next_for_pupil(unit.desk, pupil.id) is NextForPupil.NOTICE
    letters = home.tasks(unit.desk).notices.letters
    assert notices.due_of(unit.desk, pupil.id) == letters
    notices.issue(unit.desk, letters, "post")
    assert next_for_pupil(unit.desk, pupil.id) is NextForPupil.WISH
    assert home.tasks(unit.desk).unasked == [pupil]
    said = Choice(pupil_id=pupil.id, recipient="youth-support", choice="allow", by="parent", on=DAY, channel="form", contact_id=mother.id)
    sharing.record_choices(unit.desk, [said])
    assert next_for_pupil(unit.desk, pupil.id) is None
