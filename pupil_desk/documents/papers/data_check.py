"""The data-check slip: what we hold, for a family to say that it is right or to correct by pen, sign and send back. It bears codes, as any form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, NoticeBox, Para, Run, Table, TickRow, linked
from pupil_desk.documents.papers.beside_form import RETURN_TO
from pupil_desk.documents.papers.signing import signature
from pupil_desk.documents.prose import Say, as_it_is

TITLE = _("Data-check slip")
YOU, A_PARENT = _("you"), _("a parent")
"""To whom a form about a medicine is sent, where it is not the pupil by name."""
_ROOM = 2.0  # above and below each fact: more than eight millimetres a row, to write in by hand
_MOST = 9  # facts of one table, which stays on one page with its headings


@dataclass(frozen=True, slots=True)
class CheckBox:
    """One of the two answers: its name within the form, and what ticking it means."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What one slip says. ``parts`` are tables: a title and its facts as label, what is held, empty where nothing is, and the key of the line, empty where nothing is typed by it.

    ``pupil_asked`` is whether the pupil is asked, from 16; else ``parents`` names the parents of a household. ``wrong`` are boxes to say that a medicine as it is
    printed is wrong, which stand under the part ``wrong_under``, and ``if_wrong``, beside them, says whose word that is where it is not theirs; ``form_to`` is who is sent the form to agree to a medicine on.
    """

    unit: str
    pupil: str
    parents: str
    pupil_asked: bool
    parts: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]
    asks: str
    boxes: Sequence[CheckBox]
    wrong: Sequence[CheckBox]
    wrong_under: str
    if_wrong: str
    form_to: str
    printed_on: str
    return_to: str
    reply_by: str
    whom_to_tell: str


def story(check: DataCheck, *, large: bool = False, say: Say = as_it_is) -> list[Block]:
    """The slip as blocks: what to do, each part with room to correct, the two boxes, signature, whom to return it to.

    In ``large`` print no page holds the boxes with what they do and the signature too. ``say`` says each sentence in another language; what is held stays as it is.
    """
    boxes = [Heading(2, say(check.asks)), *(TickRow(say(box.words), key=box.key) for box in check.boxes), *_what_it_does(check, say)]
    end = [
        *signature(check.pupil if check.pupil_asked else None),
        NoticeBox([Para([Run(f"{say(RETURN_TO)} ", bold=True), check.return_to])]),
        Para(linked(say(_("If anything changes later, tell {whom}.")).format(whom=check.whom_to_tell))),
    ]
    pupil = say(_("you, {name}")).format(name=check.pupil) if check.pupil_asked else check.pupil
    who_signs = (
        say(_("You, {name}.")).format(name=check.pupil) if check.pupil_asked else say(_("One parent or carer. One signature is enough."))
    )
    what_to_do = (
        say(_FROM).format(unit=check.unit, pupil=pupil),
        say(_HELD).format(today=check.printed_on),
        say(_BESIDE),
        say(_NOT_KNOWN),
        say(_RATHER_NOT),
    )
    return [
        Heading(1, say(TITLE)),
        Para(" ".join((*what_to_do, say(_THEN).format(day=check.reply_by)))),
        FactList([(say(_("Who signs")), who_signs)]),
        *(
            block
            for title, facts in check.parts
            for block in (*_part(title, facts), *(_wrong(check) if title == check.wrong_under else ()))
        ),
        *((Keep(boxes), Keep(end)) if large else (Keep([*boxes, *end]),)),
    ]


_FROM, _HELD = _("From {unit}, about {pupil}."), _("This is what we hold on {today}. Is this still right?")
_BESIDE = _("Leave a line empty where it is right. Where it is wrong, write what is right beside it; to add something, write “also” first.")
_NOT_KNOWN = _("Where it says “not known” and you know of nothing, write “none known”.")
_RATHER_NOT = _("You need not fill in what you would rather not say.")
_THEN = _("Then tick a box at the end, sign, and send it back by {day}, even if nothing has changed.")


@cache
def sentences(asks: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """Every sentence that a slip can say beside what is held, each once; ``asks`` and ``answers`` are the question at its end and its boxes."""
    sentences_said: dict[str, None] = {}

    def say(words: str) -> str:
        sentences_said[words] = None
        return words

    for pupil_asked, has_wrong, form_to in product((False, True), (False, True), (YOU, A_PARENT)):
        check = DataCheck(
            unit="", pupil="", parents="", pupil_asked=pupil_asked, parts=(), asks=asks, boxes=[CheckBox("", words) for words in answers],
            wrong=[CheckBox("", "")] if has_wrong else (), wrong_under="", if_wrong="", form_to=form_to, printed_on="", return_to="", reply_by="",
            whom_to_tell="",
        )  # fmt: skip
        story(check, say=say)
    return tuple(sentences_said)


def _wrong(check: DataCheck) -> list[Block]:
    """Right under the medicines as they are printed: what it does to say that one is wrong."""
    return [*(Keep([TickRow(box.words, key=box.key)]) for box in check.wrong), *([Para(check.if_wrong)] if check.if_wrong else [])]


def _what_it_does(check: DataCheck, say: Say) -> list[Block]:
    """What each answer does, and none: whatever is written by hand is looked at (``details``), a medicine that is said to be wrong is not given
    (``wrong_medicines``), and what is not known is never taken for none (``health_answers``).
    """
    heeded = (
        say(
            _(
                "Until that is answered, we go on using what is printed; but a new allergy we heed at once, and a printed medicine that you say is wrong we do not give (see under it)."
            )
        )
        if check.wrong
        else say(_("Until that is answered, we go on using what is printed; but a new allergy we heed at once."))
    )
    form_to = say(check.form_to) if check.form_to in (YOU, A_PARENT) else check.form_to
    return [
        Para([Run(f"{say(_('What you write counts, whichever box is ticked, or none:'))} ", bold=True),
              say(_("we correct our record from it. We ask you first if it is not clear or not signed, or if somebody else who was asked says something different, or that the printed is right.")),
              f" {heeded} ", Run(f"{say(_('Medicines:'))} ", bold=True),
              say(_("one that is not printed here we take as added, beside those that are. One that is new, changed or not agreed is given only after a yes on a form of its own, which we send {whom}.")).format(whom=form_to)]),
        Para([Run(f"{say(_('Nothing written:'))} ", bold=True),
              say(_("the first box alone, signed, tells us that you have looked. Otherwise (both boxes, neither or the second, no signature, or no slip back) we ask you again, and go on using what is printed. “Not known” stays not known, and is never read as “none known”."))]),
    ]  # fmt: skip


def _part(title: str, facts: Sequence[tuple[str, str, str]]) -> list[Block]:
    header = [_("What"), _("What we hold"), _("What is right, if it is wrong or missing")]
    rows = [[label, linked(value) or _("not known: please write"), ""] for label, value, _key in facts]
    keys = [key for _label, _value, key in facts]
    pieces = [
        Table(
            caption="", header=header, rows=rows[start : start + _MOST], widths=(2, 2.6, 3.4), room=_ROOM, keys=keys[start : start + _MOST]
        )
        for start in range(0, len(rows), _MOST)
    ]
    return [Keep([Heading(2, title), pieces[0]]), *(Keep([piece]) for piece in pieces[1:])]
