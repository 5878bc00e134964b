"""A blank form for a concern, for who has no sign-in: filled in by pen, and given to the safeguarding lead by hand, who enters it."""

from collections.abc import Iterator

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, Heading, Keep, NoticeBox, PageBreak, Para, Spacer, WritingLine
from pupil_desk.documents.papers.body_drawing import body_drawing
from pupil_desk.documents.papers.signing import dated
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.safeguarding.entry import SafeguardingEntry

TITLE = _("A concern about a pupil")
_ROOM = {"text": 11.0, "pupil_words": 7.0, "people": 3.0}  # lines to write in


def story(unit: str, lead: str) -> Iterator[Block]:
    """What stands on it. ``lead`` is to whom it is given."""
    yield Heading(1, TITLE)
    yield Para(unit, style="lead")
    yield NoticeBox(
        [
            Para(_("If a child is in danger now, tell {lead} at once.").format(lead=lead)),
            Para(
                _(
                    "Write it the same day. Give this sheet to {lead} by hand, and to nobody else; make no copy, and leave it nowhere. Promise no secrecy to the pupil, and ask no more than it takes to understand."
                ).format(lead=lead)
            ),
        ]
    )
    yield Columns([WritingLine(_("Pupil")), WritingLine(_("Year or class"))])
    yield Columns([WritingLine(_label(name)) for name in ("day", "time", "place")])
    for name in ("text", "pupil_words"):
        yield from _room_for(name)
    yield PageBreak()
    yield Heading(2, _label("body_map"))
    yield Para(_("Only what you see without undressing the pupil. Put a number where each mark is, and say beneath what is seen there."))
    yield body_drawing(())
    yield Spacer(5)
    yield from _room_for("people")
    yield Columns([WritingLine(_("Your name")), WritingLine(_("Your work here"))])
    yield dated(_("Signature"))
    yield Columns([WritingLine(_("Received by the safeguarding lead")), WritingLine(_("Day and time"))])


def _label(name: str) -> str:
    return item_named(SafeguardingEntry, name).label


def _room_for(name: str) -> Iterator[Block]:
    item = item_named(SafeguardingEntry, name)
    hint = [Para(item.hint, style="small")] if item.hint and name != "people" else []
    yield Keep([Heading(2, item.label), *hint, Spacer(_ROOM[name])])
