"""Notices in the demonstration: an edition of last year that some families had, the current one, who has said that they have it, and a draft."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.demo.forms import read_back, ticked
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import families, notice_editions, notice_printing, notice_slips, notice_text, notice_words, notices
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.paper_forms.acknowledgement import HAVE, QUESTION
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import notices as store

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
    notice_printing.log_printed(desk, letters, slips.values())
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
