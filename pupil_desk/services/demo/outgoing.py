"""What leaves the training unit in ways of its own: an export for an employer, by consent and approved, and things told by word."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from pupil_desk.domain.exports.own_export import CONSENT, OwnColumn, OwnExport
from pupil_desk.domain.unit.school_name import schools_by_number
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.exports.own import versions

_COLUMNS = (
    OwnColumn("pupil.surname", "Surname"),
    OwnColumn("pupil.forename", "Forename"),
    OwnColumn("pupil.dob", "Date of birth"),
    OwnColumn("contact.forename", "Whom to call: forename"),
    OwnColumn("contact.surname", "Surname of whom to call"),
    OwnColumn("contact.mobile", "Mobile"),
)
_NEEDED = 3  # pupils on roll
_SCHOOLS_TOLD, _WEEKS = 4, 4  # pupils whose main school was told, and for how many weeks


def keep_own_export(desk: Desk, body: str, employer: str) -> None:
    """An export for an employer of those on work experience there, which rests on their consent. ``body`` is the occasion of that consent."""
    consent = next(choice.key for choice in versions.consents(desk) if f"|{body}|" in choice.key)
    export = versions.save(
        desk,
        OwnExport(
            title=f"Work experience: {employer}",
            recipient=employer,
            purpose="To know whom to expect for a week of work experience, and whom to call",
            basis=CONSENT,
            consent=consent,
            columns=_COLUMNS,
        ),
    )
    versions.approve(desk, export.id)


def tell_by_word(desk: Desk, people: Sequence[Invented]) -> None:
    """The police were told of a pupil who had not come home, the evening before last; schools, the nurse, and social care of others.

    Whether the family may know of it is said of two lines, one of each kind; of the others nobody has decided yet.
    """
    on_roll = [person for person in people if person.stay.on_roll(desk.today) and not person.protections]
    if len(on_roll) < _NEEDED:
        return
    missing_id = on_roll[_NEEDED - 1].pupil.id
    for entry in (
        ByHand(
            pupil_id=missing_id,
            recipient="Larkshire Police",
            kinds=("identity", "contact-details", "family"),
            basis="vital",
            way="phone",
            purpose="To find a pupil who had not come home",
            on=desk.today - timedelta(days=2),
        ),
        *_to_social_care(desk, missing_id),
        *_to_schools(desk, on_roll),
        ByHand(
            pupil_id=on_roll[0].pupil.id,
            to="school-nurse",
            recipient=str(desk.settings.told_school_nurse),
            kinds=("identity", "medical"),
            basis="public-task",
            way="meeting",
            purpose="To plan what to do in an emergency",
            on=desk.today - timedelta(days=20),
        ),
    ):
        by_hand.keep(desk, entry)


def _to_social_care(desk: Desk, pupil_id: str) -> Iterator[ByHand]:
    for kept_back in (False, True):
        yield ByHand(
            pupil_id=pupil_id,
            to="social-care",
            recipient=str(desk.settings.told_social_care),
            kinds=("identity", "welfare") if kept_back else ("identity", "attendance"),
            basis="safeguarding",
            way="phone" if kept_back else "meeting",
            purpose="To ask whether the family needs help",
            on=desk.today - timedelta(days=1 if kept_back else 9),
            may_know=not kept_back,
            kept_because="It could put the pupil in danger" if kept_back else "",
        )


def _to_schools(desk: Desk, on_roll: Sequence[Invented]) -> Iterator[ByHand]:
    names = schools_by_number(desk.settings.told_schools)
    told_of = [(person, names[school]) for person in on_roll if (school := person.stay.main_school or "") in names]
    for dual, school in told_of[:_SCHOOLS_TOLD]:
        for weeks in range(_WEEKS):
            yield ByHand(
                pupil_id=dual.pupil.id,
                to="main-school",
                recipient=school,
                kinds=("identity", "attendance", "assessments"),
                basis="public-task",
                way="email",
                purpose="How the week went",
                on=desk.today - timedelta(days=3 + 7 * weeks),
            )
