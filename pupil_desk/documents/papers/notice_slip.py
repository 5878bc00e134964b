"""The slip that comes back with the words «I have the privacy notice»: half a side, to tick, sign and return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, CodedPages, FactList, Heading, Keep, NoticeBox, Para, Run, Spacer, TickRow, linked
from pupil_desk.documents.papers.beside_form import RETURN_TO, SILENCE
from pupil_desk.documents.papers.signing import signature
from pupil_desk.documents.pdf.coded_pages import CODES_HINT
from pupil_desk.documents.prose import Say, as_it_is, said_together
from pupil_desk.domain.notices.addressees import EDITION_NAME, Edition

TITLE = _("Have you got our privacy notice?")
ASKS = _("If you have it: tick the box, sign, and send this slip back.")
I_HAVE = _("I have the privacy notice.")
_NO_EDITION = Edition(id="", number=0, made_on=date.max, digest="", wording="", unit="", catalogue="", recipients="")
_NO_CODE = "0" * 24  # of a specimen: by chance none has it


@dataclass(frozen=True, slots=True)
class NoticeSlip:
    """What one slip says. ``pupil_asked`` is whether the pupil is asked, from 16; else ``parents`` names the parents of a household."""

    unit: str
    pupil: str
    pupil_born: str
    parents: Sequence[str]
    pupil_asked: bool
    edition: Edition
    asks: str
    box: str
    key: str
    return_to: str
    reply_by: str
    whom_to_tell: str


def story(slip: NoticeSlip, say: Say = as_it_is) -> list[Block]:
    """The slip as blocks: about whom, the box, signature, whom to return it to. ``say`` says each sentence in another language."""
    facts = [(say(_("Pupil")), slip.pupil), (say(_("Date of birth")), slip.pupil_born)]
    if not slip.pupil_asked:
        facts.append((say(_("Parent or carer")), said_together(slip.parents, say)))
    facts += [(say(_("Edition of the notice")), slip.edition.name_in(say(EDITION_NAME))), (say(_("Reply by")), slip.reply_by)]
    return [
        Heading(1, say(TITLE)),
        Para(linked(say(_FROM).format(unit=slip.unit, whom=slip.whom_to_tell))),
        FactList(facts),
        Para(say(slip.asks)),
        TickRow(say(slip.box), key=slip.key),
        Keep(
            [
                Para([Run(f"{say(_IF_TICKED)} ", bold=True), say(_WE_NOTE)]),
                Para([Run(f"{say(SILENCE)} ", bold=True), say(_NOTHING_CHANGES)]),
            ]
        ),
        Spacer(),
        Keep(signature(slip.pupil if slip.pupil_asked else None)),
        NoticeBox([Para([Run(f"{say(RETURN_TO)} ", bold=True), slip.return_to])]),
    ]


_FROM = _(
    "From {unit}. Our privacy notice says how we use information about pupils. It comes with this slip. If you did not get it, tell {whom}, and keep this slip until you have it."
)
_IF_TICKED = _("If you tick the box:")
_WE_NOTE = _("we note that whoever signs has the notice, and no more. It changes none of your choices or rights.")
_NOTHING_CHANGES = _("nothing changes for you. The same with a tick and no signature, or a signature and no tick. We may ask you again.")


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that a slip can say, each once."""
    sentences_said: dict[str, None] = {}

    def say(words: str) -> str:
        sentences_said[words] = None
        return words

    story(_specimen("", _NO_EDITION, parents=("", "")), say)
    return tuple(sentences_said)


def specimen(unit: str, edition: Edition) -> CodedPages:
    """A slip addressed to nobody, with a number that no form has: what the slips of families are kept against."""
    return CodedPages((_NO_CODE,), [*story(_specimen(unit, edition)), CODES_HINT])


def _specimen(unit: str, edition: Edition, parents: Sequence[str] = (_("A specimen, addressed to nobody"),)) -> NoticeSlip:
    return NoticeSlip(
        unit=unit,
        pupil=_("(the pupil’s name)"),
        pupil_born=_("(the day of birth)"),
        parents=parents,
        pupil_asked=False,
        edition=edition,
        asks=ASKS,
        box=I_HAVE,
        key="specimen/specimen",
        return_to=unit,
        reply_by=_("(a day)"),
        whom_to_tell=unit,
    )
