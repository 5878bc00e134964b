"""Undo at the foot of the window: of what was just done, where something of it would go back; and what an undo did, in words."""

import contextlib
from collections.abc import Callable
from functools import partial

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _, count_of
from pupil_desk.services import changes
from pupil_desk.services.changes import Undone
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.message import Act


def undo_of(context: Context, key: str, may_leave: Callable[[], bool]) -> Act | None:
    """The button that undoes an act, by its key; None where nothing of it would go back. ``may_leave`` asks about what is typed since."""
    desk = context.desk
    if not (key and desk.may(Action.UNDO) and desk.may(Action.EDIT_RECORD)):
        return None
    with contextlib.suppress(Known):
        if changes.would_undo(desk, key).lines:
            return _("&Undo"), partial(_undo, context, key, may_leave)
    return None


def _undo(context: Context, key: str, may_leave: Callable[[], bool]) -> None:
    if not may_leave():
        return
    undone = context.attempt(lambda: changes.undo(context.desk, key))
    if undone is not None:
        context.news.tell(undone.changed)
        context.banner.success(done_words(undone))


def done_words(undone: Undone) -> str:
    """What an undo did, in a sentence or two."""
    did = _("Undone: {number} put back.").format(number=count_of(len(undone.lines), _("change"), _("changes")))
    if not undone.left:
        return did
    return did + " " + _("{number} left as before.").format(number=count_of(len(undone.left), _("other"), _("others")))
