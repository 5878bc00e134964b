"""Inventing who was asked about sharing: most of those who have not answered were sent the form, some were reminded by telephone, one pupil was told at 16."""

import random
from collections.abc import Sequence
from datetime import timedelta

from pupil_desk.basics.dates import age_on, birthday
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM, PASSED, PUPIL, WishStep
from pupil_desk.services.desk import Work
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import sharing_choice
from pupil_desk.services.sharing import wishes
from pupil_desk.services.sharing.sharing import asked_about
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import wishes as store

_MOST = 60  # pupils: a unit of thousands is made as quickly
_ASKED, _REMINDED = timedelta(days=34), timedelta(days=6)


def keep_asked(work: Work, people: Sequence[Pupil]) -> None:
    """Within a transaction: the askings of the first pupils' families."""
    today = work.desk.today
    for pupil in people[:_MOST]:
        chance = random.Random(pupil.id)  # noqa: S311 the same each time is the point
        if not asked_about(age_on(pupil.dob, today)) or chance.random() > 0.7:
            continue
        reminded = chance.random() < 0.4
        for letter in sharing_choice.askable(notices.letters_of(work.desk, pupil.id).letters, pupil, today):
            _ask(work, letter, reminded=reminded)
    sixteen = next((pupil for pupil in people if age_on(pupil.dob, today) == OWN_WORD_FROM), None)
    if sixteen is not None:
        day = min(today, birthday(sixteen.dob, OWN_WORD_FROM) + timedelta(days=2))
        step = WishStep(id=new_id(), pupil_id=sixteen.id, step=PASSED, by=PUPIL, asked=sixteen.legal_name, on=day, channel="letter")
        store.add(work.desk.vault, [step], moment=work.stamp, actor=work.actor)


def _ask(work: Work, letter: Letter, *, reminded: bool) -> None:
    day, pupil, contact_ids = work.desk.today, letter.pupil, [contact.id for contact in letter.contacts]
    if contact_ids or birthday(pupil.dob, OWN_WORD_FROM) <= day - _ASKED:
        wishes.keep_asking(work, pupil.id, contact_ids, wording=sharing_choice.KIND.form(work.desk, letter).wording, day=day - _ASKED)
        if reminded:
            wishes.keep_asking(work, pupil.id, contact_ids, channel="phone", day=day - _REMINDED)
