"""What an undo would do, in words for a question."""

from collections import Counter

from pupil_desk.basics.words import _
from pupil_desk.services.changes import ChangeLine, LeftAsIs, Undone

_TOLD = 8  # lines of each kind in a question


def question(would: Undone) -> str:
    """What would go back, one line each, and what would stay as it is, with the reason."""
    parts = []
    if would.lines:
        parts.append("\n".join([_("Goes back:"), *_some([_back(line) for line in would.lines])]))
    if would.left:
        parts.append("\n".join([_("Stays as it is:"), *_some([_stays(left) for left in would.left])]))
    return "\n\n".join(parts)


def by_kind(would: Undone) -> str:
    """What undoing an import would do, counted by kind with the pupils concerned; what would stay, one line each with the reason."""
    parts = []
    if would.lines:
        counts = Counter(_kind_words(line) for line in would.lines)
        names: dict[str, dict[str, None]] = {}
        for line in would.lines:
            names.setdefault(_kind_words(line), {})[line.pupil] = None
        lines = [
            _("{what}: {number}. {pupils}").format(what=words, number=f"{number:,}", pupils="; ".join(_some(list(names[words]))))
            for words, number in counts.items()
        ]
        parts.append("\n".join([_("Goes back:"), *_some(lines)]))
    if would.left:
        parts.append("\n".join([_("Stays as it is:"), *_some([_stays(left) for left in would.left])]))
    return "\n\n".join(parts) or _("Everything in it has gone back already.")


def _kind_words(line: ChangeLine) -> str:
    if line.label:
        return _("{record}, values as before").format(record=line.record)
    return _("{record}, {done}").format(record=line.record, done=line.after.lower())


def _some(lines: list[str]) -> list[str]:
    if len(lines) <= _TOLD:
        return lines
    return [*lines[:_TOLD], _("and {number} more").format(number=f"{len(lines) - _TOLD:,}")]


def _back(line: ChangeLine) -> str:
    if not line.label:
        return _("{pupil}. {record}: {done}").format(pupil=line.pupil, record=line.record, done=line.after.lower())
    now = line.after or _("empty")
    return _("{pupil}. {item}: {now}").format(pupil=line.pupil, item=line.label, now=now)


def _stays(left: LeftAsIs) -> str:
    return _("{pupil}. {what}: {why}").format(pupil=left.pupil, what=left.label or left.record, why=left.reason)
