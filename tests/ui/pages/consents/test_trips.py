"""A bad accident on a trip that is over: recorded after asking, with what it does, and taken back."""

from datetime import timedelta

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.services.consents import occasions
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.consents.trips import record_accident


def test_it_is_recorded_of_a_trip_that_is_over_and_taken_back(context: Context, desk: Desk, answers: Answers) -> None:
    trip = occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=desk.today - timedelta(days=40)))[1]
    occasions.add(desk, Occasion(consent_type="trip", name="To come", start=desk.today + timedelta(days=4)))
    answers.answers += [trip, False, trip, True]
    assert not record_accident(context)
    assert not occasions.occasion(desk, trip).hurt
    assert record_accident(context)
    assert occasions.occasion(desk, trip).hurt
    assert "if someone was badly hurt on the trip" in answers.questions[-1].text
    assert set(answers.questions[-2].offers) == {trip, ""}
    answers.answers += [trip, True]
    assert record_accident(context)
    assert not occasions.occasion(desk, trip).hurt


def test_without_a_trip_it_says_so(context: Context, answers: Answers) -> None:
    assert not record_accident(context)
    assert not answers.questions
