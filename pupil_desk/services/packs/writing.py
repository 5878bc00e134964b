"""A pack written: made from the words as they are given, read again to prove what is gone, locked, written whole, and told in the log of disclosures."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.files.locked_pdf import locked_pdf
from pupil_desk.documents.files.locked_zip import locked_zip
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import EventKind, RequestEvent
from pupil_desk.domain.requests.pack import PackMade
from pupil_desk.domain.sharing.recipients import ASKER
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.packs import paper
from pupil_desk.services.packs.compiling import compiled
from pupil_desk.services.packs.content import NEWS, Compiled
from pupil_desk.services.packs.proving import prove
from pupil_desk.services.progress import Progress
from pupil_desk.services.requests.keeping import keep_event
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import attachments as attachments_store
from pupil_desk.store.tables import packs as store

LAW = _("UK GDPR Article 15")
_STEPS = 4
DATA = "data.json"  # the name of the data inside the locked ZIP


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: its files, the words that open them (kept nowhere), each section with its number, and how many places were withheld."""

    files: tuple[FileMade, ...]
    password: str
    sections: dict[str, int]
    withheld: int
    changed: Changed


def undecided_words(made: Compiled, *, alone: bool = False) -> str:
    """What is still to be done before a pack can be written, in a sentence; empty for nothing. ``alone``: no person is there to tick places."""
    todo = []
    if made.undecided:
        todo.append(_("{places} to decide").format(places=count_of(len(made.undecided), _("place"), _("places"))))
    if papers := [held for held in made.papers if held.given is None]:
        todo.append(_("{papers} to look at").format(papers=count_of(len(papers), _("paper"), _("papers"))))
    if made.unticked and not alone:
        todo.append(_("{places} to tick where a withheld word still stands").format(places=count_of(len(made.unticked), _("place"), _("places"))))
    if made.open_restricted and not made.apart:
        todo.append(_("the restricted notes to be added by {who}").format(who=made.readers))
    return _("There is still something to do: {what}.").format(what=join_words(todo)) if todo else ""


def preview(desk: Desk, made: Compiled) -> bytes:
    """The paper as it would be written, not locked: to be looked at on the screen."""
    return _pdf(paper.story(desk, made), _footer(desk))


def write(desk: Desk, made: Compiled, folder: Path, *, alone: bool = False, progress: Progress | None = None) -> Written:
    """Write the pack of ``made`` to a folder: a locked PDF, a locked ZIP with the data and the papers, and what was added under seal.

    It is compiled anew: what was entered meanwhile is in it. Raises NotAllowed, WrongUse (something is still to do; a withheld word was
    found in what was made), CannotWrite, CannotPrint.
    """
    desk.require(Action.COMPILE_PACK, "pupil", made.pack.pupil_id)
    step = progress or (lambda _done, _total, _words: None)
    step(0, _STEPS, _("Compiling"))
    made = compiled(desk, made.pack.id)
    if why := undecided_words(made, alone=alone):
        raise WrongUse(why)
    step(1, _STEPS, _("Making the paper and the data"))
    story, footer = paper.story(desk, made), _footer(desk)
    pdf, papers = _pdf(story, footer), _papers(desk, made)
    data = paper.data(desk, made, [(held, name) for held, name, _bytes in papers])
    step(2, _STEPS, _("Reading them again"))
    prove(made, story, footer, pdf, data)
    password = new_passphrase(Lock.PDF)
    locked = locked_zip({DATA: data} | {name: held for _id, name, held in papers}, password)
    files = [("", ".pdf", locked_pdf(pdf, password)), ("-data", ".zip", locked)]
    if paper.has_restricted_files(made) and made.sealed is not None:
        document, apart = store.sealed_bytes(desk.vault, made.sealed.id)
        files += [("-restricted", ".pdf", document), ("-restricted-data", ".zip", apart)]
    step(3, _STEPS, _("Writing and reading back"))
    with Saving(folder) as saving:
        for what, ending, held in files:
            saving.keep(f"{made.pupil.ref}-copy-{desk.today.isoformat()}{what}", ending, held)
        changed = _keep(desk, made, saving.files)
    return Written(tuple(saving.files), password, made.counts, len(made.withheld), changed)


def _keep(desk: Desk, made: Compiled, files: Sequence[FileMade]) -> Changed:
    pack = made.pack
    row = PackMade(id=new_id(), pupil_id=pack.pupil_id, pack_id=pack.id, given_to=pack.asker, made_on=desk.today, sections=json.dumps(made.counts),
                   digests=json.dumps({file.name: file.sha256 for file in files}), withheld=len(made.withheld))  # fmt: skip
    reason = f"copy written: {sum(made.counts.values())} records, {row.withheld} places withheld"
    with desk.act(Action.COMPILE_PACK, "pupil", pack.pupil_id, reason) as work:
        store.add_made(desk.vault, row, moment=work.stamp, actor=work.actor)
        if made.protected:
            work.note(Action.CONFIRM_PROTECTED, "pupil", pack.pupil_id, "copy")
        disclosures.keep(work, disclosures.Way.PACK, [_told(made)])
        _tell_case(work, made, files)
    return Changed.of(NEWS, "request", "pupil", "export", ids=(pack.id, pack.pupil_id, *((pack.case_id,) if pack.case_id else ())))


def _told(made: Compiled) -> disclosures.Told:
    given = [part.title for part in made.parts if part.number and made.is_given(part.name)]
    return disclosures.Told(
        pupil_id=made.pack.pupil_id, what=_("A copy of what we hold"), to=ASKER, recipient=made.pack.asker, law=LAW, purpose=_("Asked for by right"),
        fields="; ".join(given), reason=_("A copy was asked for"),
    )  # fmt: skip


def _tell_case(work: Work, made: Compiled, files: Sequence[FileMade]) -> None:
    if made.pack.case_id is None:
        return
    digest = files[0].sha256[:16]
    keep_event(work, RequestEvent(case_id=made.pack.case_id, pupil_id=made.pack.pupil_id, kind=EventKind.PACK, on=work.desk.today, what=digest))


def restricted_files(desk: Desk, made: Compiled) -> tuple[str, bytes, bytes]:
    """Restricted notes as their reader gives them: the words that open them, a locked PDF, a locked ZIP with the data. Raises WrongUse, CannotPrint."""
    (part,) = made.parts
    story, footer = paper.restricted_story(desk, made, part), _footer(desk)
    pdf, data = _pdf(story, footer), paper.data(desk, made, parts=[part])
    prove(made, story, footer, pdf, data)
    password = new_passphrase(Lock.PDF)
    return password, locked_pdf(pdf, password), locked_zip({DATA: data}, password)


def restricted_preview(desk: Desk, made: Compiled) -> bytes:
    """The reader's part as it would be locked, to be looked at."""
    (part,) = made.parts
    return _pdf(paper.restricted_story(desk, made, part), _footer(desk))


def _footer(desk: Desk) -> str:
    return desk.settings.name


def _pdf(story: Sequence[Block], footer: str) -> bytes:
    from pupil_desk.documents.pdf.page import build_pdf

    return build_pdf(story, title=paper.TITLE, footer=footer)


def _papers(desk: Desk, made: Compiled) -> list[tuple[str, str, bytes]]:
    """The papers that are given: identity, file's name by number, bytes. Raises WrongUse for one that is not what was kept."""
    held = {one.id: one for one in attachments.of_pupil(desk, made.pack.pupil_id)}
    found = []
    for number, one in enumerate((one for one in made.papers if one.given), start=1):
        data = attachments_store.content(desk.vault, one.id) or b""
        if hashlib.sha256(data).hexdigest() != held[one.id].digest:
            raise WrongUse(_("A paper on file is not what was kept. Have the file checked, on the page Backup."))
        found.append((one.id, f"paper-{number}{Media(held[one.id].media_type).ending}", data))
    return found
