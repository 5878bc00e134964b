"""All that stands within a widget, however deep."""

from collections.abc import Iterator

from PySide6.QtCore import QObject


def descendants[T: QObject](whole: QObject, kind: type[T]) -> Iterator[T]:
    """What of one kind stands within something, in the order of ``findChildren``.

    That one would have PySide hold each thing it finds for as long as what it was asked of: asked of a window, for good, though Qt has
    let go of the thing since. Here each is held by what it stands in.
    """
    for part in whole.children():
        if isinstance(part, kind):
            yield part
        yield from descendants(part, kind)
