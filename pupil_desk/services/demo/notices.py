"""Notices in the demonstration: an edition of last year that some families had, the current one, who has said that they have it, and a draft.

Forms of the training unit that went out, and of which some came back: read by the same reader as a real scan.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pupil_desk.documents.blocks import Block, CodedPages, TickRow
from pupil_desk.documents.scans.scan_files import Scan
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.desk import Desk, unwatched
from pupil_desk.services.notices import families, notice_editions, notice_slips, notice_text, notice_words, notices
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.paper_forms import printing, reading, sharing_choice, waiting
from pupil_desk.services.paper_forms.acknowledgement import HAVE, QUESTION
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.paper_forms.waiting import ConfirmedForm
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import notices as store

_PRINTED = 6  # forms; three come back, one of them twice, one is confirmed, and the rest are missing
_ASKED = 20  # pupils among whom they are: not every one has somebody to ask
_YES = frozenset({"youth-support/allow", "post-16/allow"})
_BOTH = frozenset({"youth-support/allow", "youth-support/restrict", "post-16/allow"})
_TICKED = (_YES, frozenset({"youth-support/restrict", "post-16/restrict"}), _BOTH)


def print_and_scan(desk: Desk) -> None:
    """Print the form about sharing for some who have not answered, read a stack back, and confirm the first that is clear."""
    forms = printing.make_forms(desk, sharing_choice.KIND.name, printing.unanswered(desk, sharing_choice.KIND.name)[-_ASKED:]).forms[
        -_PRINTED:
    ]
    if len(forms) < _PRINTED:
        return
    printing.record_printed(desk, forms)
    back = [ticked(form, boxes) for form, boxes in zip(forms, _TICKED, strict=False)]
    read_back(desk, [*back, back[0]])


def read_back(desk: Desk, sheets: list[NumberedForm]) -> None:
    """Read a stack, and confirm the first form that waits and is clear."""
    reading.read_scan(desk, scan_of([sheet.page for sheet in sheets]), unwatched)
    clear = next((form for form in waiting.waiting(desk) if form.sure), None)
    if clear is not None:
        answers = {key: proposal.answer for key, proposal in clear.proposals.items() if proposal.answer}
        waiting.confirm(desk, ConfirmedForm(clear.id, answers, clear.addressees[0][0] if clear.addressees else None, desk.today))


def scan_of(pages: Sequence[CodedPages]) -> Scan:
    """The pages as a scanner would give them."""
    from pupil_desk.documents.pdf.page import Document, build_print_file
    from pupil_desk.documents.scans.scan_files import open_scan

    return open_scan(build_print_file([Document([page], "") for page in pages], title="Scan", two_sided=False))


def ticked(form: NumberedForm, boxes: frozenset[str]) -> NumberedForm:
    """The same sheet with boxes ticked in print, which stands for a pen."""
    return replace(form, page=replace(form.page, blocks=[_block(block, boxes) for block in form.page.blocks]))


def _block(block: Block, boxes: frozenset[str]) -> Block:
    return replace(block, ticked=block.key in boxes) if isinstance(block, TickRow) else block


_OLDER, _GIVEN_BEFORE = timedelta(days=60), timedelta(days=45)  # the day of the older edition, and on which it was given
_HAD_IT = 6  # letters given in the older edition
_WITH_FILE = 12  # notices given of which the file is kept, so that there are some to look at
_WITH_SLIP = 4  # of those, notices with a slip; one slip comes back
_SAID_SO = 5  # people who have said by word that they have it
_DRAFT = """

## Pictures of our work

We photograph pupils’ work to show what they can do. No pupil is in a picture unless you have said yes."""


def give_notices(desk: Desk, letters: Sequence[Letter]) -> None:
    """Give these families the current edition, and before it some of them an older one; the same each time for the same people."""
    _older(desk, letters)
    notices.issue(desk, letters[_WITH_FILE:], "by-hand", copies=())  # as in a unit that recorded them before it kept the files
    notices.issue(desk, letters[_WITH_SLIP:_WITH_FILE], "by-hand")
    _with_slips(desk, letters[:_WITH_SLIP])
    rows = [row for row in families.not_acknowledged(desk) if row.size is not None][-_SAID_SO:]
    if rows:
        families.acknowledge(desk, rows, "phone", desk.today)
    notice_words.save_draft(desk, MAIN, notice_text.prose().rstrip() + _DRAFT, notice_text.prose("notice_more"))


def _with_slips(desk: Desk, letters: Sequence[Letter]) -> None:
    """Print these with their slips, give them, and have the first slip back: scanned, read and confirmed."""
    slips = notice_slips.slips_for(desk, letters)
    notice_slips.log_printed(desk, letters, slips.values())
    notices.issue(desk, letters, "by-hand", slips=notice_slips.on_file(desk, letters))
    if slips:
        read_back(desk, [ticked(slips[letters[0]], frozenset({f"{QUESTION}/{HAVE}"}))])


def _older(desk: Desk, letters: Sequence[Letter]) -> None:
    """What the notice said while somebody else was the head, and the youth support service had another name."""
    now = desk.settings
    then = dataclasses.replace(now, head="Pat Moorcroft", youth_service="Larkshire Young People’s Service", dpo_phone="01632 960109")
    settings_service.save_settings(desk, then)
    edition = dataclasses.replace(notices.current_edition(desk), made_on=desk.today - _OLDER)
    with desk.act(Action.ISSUE_NOTICE, "notice-edition", edition.id, "invented"):
        store.add_edition(desk.vault, edition)
    day, stays = desk.today - _GIVEN_BEFORE, enrolments.by_pupil(desk.vault)
    present_letters = [letter for letter in letters if any(stay.on_roll(day) for stay in stays[letter.pupil.id])]
    notices.issue(desk, present_letters[:_HAD_IT], "post", day, copies=())
    with desk.act(Action.ISSUE_NOTICE, "notice-edition", edition.id, "invented") as work:
        notice_editions.keep(work)  # though nobody was there yet to be given it
    settings_service.save_settings(desk, now)
