"""Boys and girls on roll."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.services.figures.asking import FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn

_COLUMNS = (FigureColumn(key="pupils", title=_("Pupils")), FigureColumn(key="girls", title=_("Girls"), part_of="pupils"))


def _counts(people: Sequence[Person]) -> Counts:
    return {"pupils": len(people), "girls": sum(person.sex == "F" for person in people)}


def _make(prepared: PreparedQuestion) -> Figure:
    return answer(prepared, SEXES, _COLUMNS, (), main="girls", of_part=lambda _number, people: _counts(people), of_people=_counts)


SEXES = FigureKind("sexes", _("Girls on roll"), _make)
