"""All that stands within a widget, however deep."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


def descendants[T: QObject](whole: QObject, kind: type[T]) -> Iterator[T]:
    """What of one kind stands within something, in the order of ``findChildren``.

    That one would have PySide hold each thing it finds for as long as what it was asked of: asked of a window, for good, though Qt has
    let go of the thing since. Here each is held by what it stands in.
    """
    waiting = whole.children()[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, kind):
            yield part
        waiting += part.children()[::-1]


def in_view(whole: QWidget, *, but: QWidget | None = None) -> Iterator[QWidget]:
    """The widgets within something that is on the screen, as far as they are too, in the same order: nothing is looked for in what is hidden.

    What stands in ``but`` is passed over.
    """
    waiting = whole.children()[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, QWidget) and part.isVisible():
            yield part
            if part is not but:
                waiting += part.children()[::-1]


def worked_on_in(part: QWidget) -> QWidget | None:
    """What has the focus in something, or had it last there.

    ``focusWidget`` has whatever was asked hold what it gives, in the place of what that stands in: a window would hold a field of a page for good,
    and all that the field knows. So the nearest around it is asked last, and holds it as before.
    """
    found: QWidget | None = part.focusWidget()
    around = found.parentWidget() if found is not None else None
    if around is not None:
        around.focusWidget()
    return found


def through_focus(part: QWidget, first: QWidget) -> Iterator[QWidget]:
    """From a widget of a part on all that the focus may go through, stops of Tab and others, until it leaves the part or comes round."""
    yield first
    following = first.nextInFocusChain()
    while following is not None and following is not first and part.isAncestorOf(following):
        yield following
        following = following.nextInFocusChain()
