"""The explicit list of figures, one file each."""

from pupil_desk.basics.errors import required
from pupil_desk.basics.words import _
from pupil_desk.services.figures.accidents import ACCIDENTS
from pupil_desk.services.figures.asking import FigureKind
from pupil_desk.services.figures.attendance import ATTENDANCE
from pupil_desk.services.figures.destinations import DESTINATIONS
from pupil_desk.services.figures.incidents import INCIDENTS
from pupil_desk.services.figures.interventions import INTERVENTIONS
from pupil_desk.services.figures.plans import PLANS
from pupil_desk.services.figures.progress import PROGRESS
from pupil_desk.services.figures.roll import ROLL
from pupil_desk.services.figures.suspensions import SUSPENSIONS

FIGURES: tuple[FigureKind, ...] = (ATTENDANCE, SUSPENSIONS, INCIDENTS, INTERVENTIONS, ACCIDENTS, PLANS, PROGRESS, DESTINATIONS, ROLL)
"""Every figure there is, in the order offered. A new one is a file and its place here."""


def kind_called(name: str) -> FigureKind:
    """The figure of that name. Raises WrongUse."""
    return required(next((kind for kind in FIGURES if kind.name == name), None), _("There is no such figure."))
