"""Asking for a scale of the unit's own, in two short questions."""

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.services.learning import assessments
from pupil_desk.ui.kit.context import Context


def ask_scale(context: Context) -> None:
    """Its name, which is the component of the results it is for, then its values from low to high; Esc keeps what was."""
    scales = {fold(scale.name): scale for scale in assessments.scales(context.desk)}
    scale_words = "; ".join(_("{name}: {values}").format(name=scale.name, values=", ".join(scale.values)) for scale in scales.values())
    words = _("For baselines and the like. A result whose component has the scale’s name takes one of its values.")
    if scale_words:
        words = _("{words} There are: {scales}.").format(words=words, scales=scale_words)
    name = context.ask.text(_("A scale of our own"), words, _("Name of the scale"), verb=_("Go on"))
    if name is None:
        return
    old = scales.get(fold(name))
    values = context.ask.text(
        _("The values of {name}").format(name=name),
        _("From low to high, with commas between. Without any, the scale is in use no longer; what was recorded stays."),
        _("Values"),
        value=", ".join(old.values) if old else "",
        verb=_("Keep the scale"),
    )
    if values is None:
        return
    if context.attempt(lambda: assessments.set_scale(context.desk, name, values.split(","))) is not None:
        context.banner.success(_("The scale is kept."))
