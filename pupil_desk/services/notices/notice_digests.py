"""Whether a notice is another than before: what an edition is made of, as digests."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache

from pupil_desk.basics.rulefiles import apart
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.prose import Filling, blocks_of
from pupil_desk.domain.catalogue.items import Purpose
from pupil_desk.domain.governance.retention import Schedule
from pupil_desk.domain.notices.change import names_in
from pupil_desk.domain.notices.edition import EditionContent, Filled, NoticeProse
from pupil_desk.domain.sharing.sharing import Rules
from pupil_desk.domain.unit.regulator import Regulator, regulator_on
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.export import Export
from pupil_desk.services.notices.notice_text import PAGES, edition_text, filling_of, kept_table, of_regulator, shipped
from pupil_desk.services.sharing import unanswered

_NO_UNIT = UnitSettings(name="", la="", estab="")
_UNIT_NAMES = (
    "unit",
    "controller",
    "unit_contact",
    "unit_reach",
    "choices_contact",
    "copy_contact",
    "dpo",
    "youth_service",
    "youth_page",
    "authority",
    "authority_page",
)
_LATER_NAMES = frozenset({"tables_contact", "law_example"})
"""Details that were added since editions are digested: part of the digest of words that use them, so that other words make no new edition."""


def digests(
    settings: UnitSettings,
    day: date,
    words: NoticeProse | None = None,
    exports: Sequence[Export] = EXPORTS,
    schedule: Schedule | None = None,
    *,
    unnamed: Collection[str] = (),
) -> dict[str, str]:
    """Of what an edition of these words is made, each as a digest: wording, unit, catalogue, recipients. How it is set is no part of it."""
    words = words or shipped()
    edition = edition_text(settings, day, words, exports, schedule, unnamed=unnamed)
    recipient_parts = [
        (
            recipient.heading,
            recipient.law,
            *([edition.items[path].label for path in paths] for paths in (recipient.minimum, recipient.full)),
            *filter(None, (recipient.covers, recipient.names)),
        )
        for recipient in edition.recipients.values()
    ]
    said_names = names_in(words.front + words.more)
    silence = [(name, edition.filling[name]) for name in sorted(unanswered.filling(Rules()).keys() & said_names)]
    parts: dict[str, object] = {
        "unit": {name: edition.filling[name] for name in (*_UNIT_NAMES, *sorted(_LATER_NAMES & said_names))} | _changed_regulator(edition),
        "catalogue": [(item.label, item.category, item.purpose, item.basis, item.kept, item.special) for item in edition.items.values()],
        "recipients": [*recipient_parts, *silence],
    }
    return {"wording": wording_digest(words)} | {name: _digest(part) for name, part in parts.items()}


def wording_digest(words: NoticeProse) -> str:
    """The digest of the wording: of the words, in which each detail that is filled in stands by its name."""
    return _digest(_wording(words, {name: f"{{{name}}}" for name in filling_of(_NO_UNIT, date.min)}))


def nameless_wording_digest(words: NoticeProse) -> str:
    """The digest of the wording as it was once made, of the words without what is filled in: editions of that time have it."""
    return _digest(_wording(words, dict.fromkeys(filling_of(_NO_UNIT, date.min), "")))


def _digest(part: object) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


_TABLES = """\
Every detail, in tables
What we keep, what for, whom we tell, how long we keep it, and on what lawful basis.
What we keep
What for
Whom we tell
How long
Lawful basis
Nobody outside the unit
Who receives what
On what law:\x20
At least
–
At most
all of that; and:\x20
What the law protects specially
What we keep
On what condition"""
"""The headings that the tables had when editions began to be digested. They are part of the digest, so they stay letter for letter, however the annex
is set: another word here, and every unit would be told that its notice has a new edition."""


@cache
def _first_regulator() -> Regulator:
    """The regulator as the program came to name one, whatever a pack of rules says today."""
    with apart():
        return regulator_on(_NO_UNIT, date.min)


def _changed_regulator(edition: EditionContent) -> dict[str, Filled]:
    """The regulator, once it is another than when the program began to name one: only then is an edition another for it."""
    regulator = edition.filling["regulator"]
    return {} if regulator == _first_regulator().name else {"regulator": regulator}


def _wording(words: NoticeProse, places: Mapping[str, str]) -> str:
    """What the digest of the wording is of: the words, with ``places`` for what a detail of the unit fills."""
    filling: dict[str, Filling] = {
        **places,
        **PAGES,
        **of_regulator(_first_regulator()),
        "purposes": [purpose.value for purpose in Purpose],
        "kept_table": kept_table(),
    }
    front, last_part = (plain_text(blocks_of(part, filling)) for part in (words.front, words.more))
    return f"{front}\n{_TABLES}\n{last_part}"
