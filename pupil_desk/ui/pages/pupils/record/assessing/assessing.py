"""Assessments: the results with targets and estimates, the reviews of the targets, and the comments for the progress report."""

from collections.abc import Callable

from pupil_desk.basics.words import _
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils.record.assessing.assessments import AssessmentsPart
from pupil_desk.ui.pages.pupils.record.assessing.reviews import CommentsList, ReviewsList
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart


class AssessingPart(GroupPart):
    """What was reached, how it is going, and what the teachers say of it."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Assessments"))
        self.results = AssessmentsPart(context, may_leave)
        self.reviews = ReviewsList(context, may_leave)
        self.comments = CommentsList(context, may_leave)
        self.take_lists(((_("Resul&ts"), self.results), (_("Re&views of targets"), self.reviews), (_("Comm&ents"), self.comments)))

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""
