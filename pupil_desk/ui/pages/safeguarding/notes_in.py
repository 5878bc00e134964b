"""Safeguarding concerns that stand among the restricted notes are taken into the files, once the lead has agreed to it."""

from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.safeguarding import taking_in
from pupil_desk.ui.kit.context import Context


def take_notes_in(context: Context) -> None:
    """Ask, with the names of whom they are about, and move them."""
    desk = context.desk
    pupil_ids = taking_in.to_take_in(desk)
    if not pupil_ids:
        context.banner.note(_("No restricted note is a safeguarding concern that you can read whole."))
        return
    notes = count_of(len(pupil_ids), _("restricted note"), _("restricted notes"))
    names = some_of([pupil_of(desk.vault, pupil_id).full_name for pupil_id in dict.fromkeys(pupil_ids)], 20)
    text = _(
        "{notes} with the category Safeguarding concern, about {names}, go into the safeguarding files, each wording with its author and day. What is still to be looked at again becomes an action. They are then read by the lead and deputies alone, no longer by who wrote them. It cannot be put back."
    )
    if context.ask.confirm(_("Take them in?"), text.format(notes=notes, names=names), _("Take them in")):
        context.keep(lambda: taking_in.take_in(desk), _("{notes} taken in.").format(notes=notes))
