"""Places here that schools agreed for the pupil, and the reviews of them: a list each, and the form of one."""

from collections.abc import Callable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.place_review import SchoolPlaceReview
from pupil_desk.domain.schools.school_place import SchoolPlace, check_school_place
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import places as school_places
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.places.place_reviews import PlaceReviewList, ReviewList
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class SchoolPlaceList(SeveralPart[SchoolPlace]):
    """The places here that schools agreed, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(SchoolPlace, today=desk.today, check=check_school_place, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _AGREED, form, lambda place: place.id)


class SchoolPlacesPart(GroupPart):
    """The places that schools agreed, and their reviews, a list each."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Agreed places"))
        self.places = SchoolPlaceList(context, may_leave)
        self.reviews = PlaceReviewList(context, may_leave, _REVIEWED)
        self.take_lists(((_("&Places"), self.places), (_("Re&views"), self.reviews)))

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""


def _agreed_columns(part: SeveralPart[SchoolPlace]) -> Sequence[Column[SchoolPlace]]:
    desk = part.context.desk
    return (
        Column("start", _("From"), lambda place: short_date(place.start_date)),
        Column("end", _("Until"), lambda place: short_date(place.end_date) if place.end_date else "", longest="24 Nov 2026"),
        Column("school", _("School"), lambda place: school_named(place.school, desk.settings.told_schools), stretch=True),
        Column("kind", _("Kind"), lambda place: codelist("school_place_kind").label_of(place.kind), width=22),
    )


_AGREED = PartDefinition[SchoolPlace](
    name=_("Places agreed with schools"),
    add_words=_("Add a plac&e"),
    new_title=_("New place agreed with a school"),
    empty_words=_("No school has agreed a place here"),
    sign="handshake",
    columns=_agreed_columns,
    rows_of=lambda record, desk: school_places.of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda place: codelist("school_place_kind").label_of(place.kind),
    new_keys=lambda record, desk: {
        "start_date": desk.today,
        "school": next((stay.main_school for stay in reversed(record.stays) if stay.main_school), None),
    },
    add=school_places.add,
    save=school_places.save,
    switch=school_places.SWITCH,
    spare={"end": 520, "kind": 620},
)


_REVIEWED = ReviewList(
    review_type=SchoolPlaceReview,
    of_whom="school",
    of_whom_words=_("School"),
    name=_("Reviews of places agreed with schools"),
    empty_words=_("No place agreed with a school was reviewed yet"),
    switch=school_places.SWITCH,
    places_of=school_places.of_pupil,
    named=lambda desk, school: school_named(school, desk.settings.told_schools),
)
