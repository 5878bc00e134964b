"""The unit's own picture: figures of attendance, suspensions, incidents, progress, destinations and the roll, by time and by group.

They count everybody and name no pupil. What is printed for others hides small numbers (``domain.figures.small_numbers``).
"""

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.asking import FigureKind, FigureQuestion, narrower, periods, prepare
from pupil_desk.services.figures.kept import kept_figure
from pupil_desk.services.figures.kinds import FIGURES, kind_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.shape import (
    Blank,
    Figure,
    FigureColumn,
    FigureRow,
    Sort,
    as_printed,
    column_sentence,
    hidden_words,
    scale_of,
    words,
)
from pupil_desk.services.roles import Action

__all__ = [
    "FIGURES", "Blank", "Figure", "FigureColumn", "FigureKind", "FigureQuestion", "FigureRow", "Period", "Sort",
    "as_printed", "column_sentence", "for_others", "hidden_words", "kind_called", "look", "narrower", "offered", "periods", "scale_of", "words",
]  # fmt: skip


def look(desk: Desk, question: FigureQuestion) -> Figure:
    """A figure in whole numbers, for the unit itself. Raises NotAllowed, WrongUse for a way to show it that it does not have."""
    desk.require(Action.READ_RECORD)
    kind = kind_called(question.kind)
    if question.grouping not in {key for key, _label in kind.ways}:
        raise WrongUse(_("This figure cannot be shown that way."))
    return kept_figure(desk, question) or kind.make(prepare(desk, question))


def offered(desk: Desk) -> list[FigureKind]:
    """The figures of what the unit uses."""
    settings = desk.settings
    return [kind for kind in FIGURES if settings.uses(kind.switch)]


def for_others(desk: Desk, figure: Figure) -> Figure:
    """The figure with the small numbers hidden, by the unit's own limit; one that is kept of a year whose pupils are gone hides them already."""
    return figure if figure.limit else as_printed(figure, desk.settings.small_numbers)
