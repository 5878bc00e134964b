"""Whom else the words name that go to a school in its week: found by the finder of copies, and asked about before the file is made."""

from collections.abc import Iterator, Sequence

from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import contacts, protections

_OTHERS = frozenset({people.PUPIL, people.OTHER_FAMILY})
"""Of whom a school is told nothing here: other pupils and their families. Staff and the pupil's own family may be named."""
type WeekText = tuple[str, str, str]
"""The item that a text is of, what it is called within a sentence, and the text."""


def others_named(desk: Desk, pupil: Pupil, texts: Sequence[WeekText]) -> Iterator[tuple[str, str]]:
    """Of each of a pupil's texts that may name other pupils or their families, the item and a sentence that says whom."""
    told_texts = [text for text in texts if text[2].strip()]
    if not told_texts:
        return
    own_contacts = contacts.of_pupil(desk.vault, pupil.id)
    record = PupilRecord(pupil=pupil, stays=[], contacts=own_contacts, protections=protections.of_pupil(desk.vault, pupil.id, desk.today))
    finder = people.finder_for(desk, record, ())
    for item, label, text in told_texts:
        matches = [(match, text[match.start : match.stop]) for match in finder.find(text) if _OTHERS.intersection(match.whose)]
        names = [name for match, name in matches if match.sure or not name.islower()]  # «will» is the common word, «Will» may be the pupil
        if names:
            quoted = join_words([_("“{name}”").format(name=name) for name in dict.fromkeys(names)])
            words = _("{what} may name another pupil or family: {names}. It goes to the school as it stands.")
            yield item, words.format(what=label, names=quoted)
