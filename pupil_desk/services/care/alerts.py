"""What whoever has a pupil in hand for some hours must know of health: what is grave by its grade or its words, and an allergy that nobody has graded, with what to do first."""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.care.food_dangers import is_alert_on_way
from pupil_desk.domain.care.health import NO_STEPS, HealthAnswer, HealthItem, in_one_line, steps_of


def alerts_on_way_of(answer: HealthAnswer) -> list[HealthItem]:
    """The gravest first; with them whatever says what to do, and what may be an emergency and nobody has graded."""
    return [item for item in answer.items if is_alert_on_way(item)]


def alert_words(item: HealthItem) -> str:
    """«Allergy: peanuts (life-threatening). Pen; then 999»; where no steps are held, what holds of everybody."""
    kind = codelist("health_kind").label_of(item.kind)
    severity = codelist("severity").label_of(item.severity) if item.severity else _("how grave is not recorded")
    steps = in_one_line(steps_of(item)) or NO_STEPS
    return _("{kind}: {what} ({severity}). {steps}").format(kind=kind, what=item.what, severity=severity.lower(), steps=steps).strip()
