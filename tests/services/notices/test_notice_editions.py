"""Editions: each says what it said, whatever changes after; two are told apart exactly where they read differently."""

import dataclasses
import random
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.notice import front_part, full_notice, tables
from pupil_desk.domain.catalogue.catalogue import label_of
from pupil_desk.domain.notices.addressees import Edition, Letter
from pupil_desk.domain.notices.change import ChangeGravity, differences
from pupil_desk.domain.notices.edition import EditionContent, EditionItem, EditionRecipient, NoticeProse
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import exports
from pupil_desk.services.exports import lrs_uln
from pupil_desk.services.notices import families, notice_digests, notice_editions, notice_text, notices
from pupil_desk.services.notices.families import DueReason
from pupil_desk.services.notices.notice_copies import specimen_file
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import DAY, Unit

FRONT, MORE = notice_text.prose().strip(), notice_text.prose("notice_more").strip()


def _family(unit: Unit, forename: str = "Zoë", *, holders: int = 1, dob: date = date(2012, 5, 1)) -> Pupil:
    pupil = unit.pupil("Penn", forename, dob, address_1="1 Lane", postcode="SG4 7ZZ")
    for number in range(holders):
        unit.contact(pupil, "Penn", forename=f"Parent {number}", parental_responsibility=True, lives_with=True)
    return pupil


def _give(unit: Unit, pupil: Pupil, **more: object) -> None:
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "by-hand", **more)  # type: ignore[arg-type]


def _change(unit: Unit, **items: object) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, **items))


def _legacy(unit: Unit, *, number: int = 1) -> Edition:
    """An edition as an older program kept it: digests alone."""
    edition = dataclasses.replace(
        notices.current_edition(unit.desk), id=f"old-{number}", number=number, digest=f"d{number}", wording=f"w{number}"
    )
    with unit.desk.vault.transaction():
        from pupil_desk.store.tables import notices as store

        store.add_edition(unit.desk.vault, edition)
    return edition


def test_an_archived_edition_is_printed_again_to_the_byte(unit: Unit) -> None:
    pupil = _family(unit)
    first = notices.current_edition(unit.desk)
    as_current = specimen_file(unit.desk, first)
    _give(unit, pupil)
    notice_editions.make_current(unit.desk, FRONT + "\n\n## Pictures\n\nWe take none.", MORE)
    _change(unit, head="Robin Ashdown", name="Larkhill Centre")
    assert specimen_file(unit.desk, first) == as_current
    second = notices.current_edition(unit.desk)
    assert specimen_file(unit.desk, second) != as_current


def test_of_an_edition_of_an_older_program_it_is_said_that_its_words_are_not_on_file(unit: Unit) -> None:
    old = _legacy(unit)
    now = notices.current_edition(unit.desk)
    assert now.number == 2
    (change,) = notice_editions.changes(unit.desk, old, now)
    assert (change.kind, change.gravity) == ("not-known", ChangeGravity.REISSUE)
    with pytest.raises(WrongUse, match="not on file"):
        specimen_file(unit.desk, old)
    found = {one.edition.id: one for one in notice_editions.on_file(unit.desk)}
    assert (found[old.id].came_on_file, found[old.id].lrs, found[old.id].current) == (None, None, False)
    assert found[now.id].current


def test_each_changed_setting_is_named_with_both_words(unit: Unit) -> None:
    _give(unit, _family(unit))
    first = notices.current_edition(unit.desk)
    _change(unit, head="Robin Ashdown", dpo="Jo Carrow", youth_service="Young Larkfield")
    told = [change.words for change in notice_editions.changes(unit.desk, first, notices.current_edition(unit.desk))]
    assert any("Data protection officer is now “Jo Carrow.”" in words for words in told)
    assert any("Robin Ashdown" in words for words in told)
    assert any("Young Larkfield" in words and "Youth support service" in words for words in told)
    assert len([words for words in told if "Lapwing" in words]) == 0


def test_an_item_and_a_recipient_more_are_named(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        exports, "EXPORTS", tuple(export for export in exports.EXPORTS if export.name != "whole-unit")
    )  # it tells every item
    items = notice_text.every_item()
    monkeypatch.setattr(notice_text, "every_item", lambda: {path: item for path, item in items.items() if path != "note.struck"})
    _give(unit, _family(unit))
    first = notices.current_edition(unit.desk)
    monkeypatch.setattr(notice_text, "every_item", lambda: items)
    _change(unit, with_parent=True)
    kinds = {change.kind: change for change in notice_editions.changes(unit.desk, first, notices.current_edition(unit.desk))}
    assert label_of("note.struck") in kinds["item-added"].about
    assert any(label.startswith("Contact:") for label in kinds["recipient-must-more"].about)
    assert kinds["recipient-must-more"].gravity is ChangeGravity.REISSUE


def test_what_a_draft_would_change_is_told_before_it_is_made_current(unit: Unit) -> None:
    assert notice_editions.changes_of_words(unit.desk, FRONT, MORE) == ()
    _give(unit, _family(unit))
    assert notice_editions.changes_of_words(unit.desk, FRONT, MORE) == ()
    (change,) = notice_editions.changes_of_words(
        unit.desk, FRONT.replace("None comes from public lists.", "Some comes from public lists."), MORE
    )
    assert (change.kind, change.before, change.after) == ("wording", "None comes from public lists.", "Some comes from public lists.")


def test_words_that_name_another_detail_are_a_new_edition_and_those_that_an_older_program_gave_are_none(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(notice_digests, "wording_digest", notice_digests.nameless_wording_digest)
        _give(unit, _family(unit))
    _change(unit, lock_minutes=7)  # nothing that the notice says
    assert (notices.current_edition(unit.desk).number, notices.why_new(unit.desk)) == (1, [])
    swapped = FRONT.replace("{choices_contact}", "{x}").replace("{dpo}", "{choices_contact}").replace("{x}", "{dpo}")
    notice_editions.make_current(unit.desk, swapped, MORE)
    assert notices.current_edition(unit.desk).number == 2
    notice_editions.make_current(unit.desk, FRONT.replace("{dpo}", "{choices_contact}") + "\n\n{dpo}", MORE)
    assert notices.current_edition(unit.desk).number == 3
    assert [one.lack for one in families.waiting(unit.desk)] == [DueReason.REISSUE]
    _change(unit, head="Robin Ashdown")
    assert notices.why_new(unit.desk) == ["the unit’s details have changed"]


# -- who is affected


def test_why_a_letter_is_due(unit: Unit) -> None:
    never, older, small, both = _family(unit, "A"), _family(unit, "B"), _family(unit, "C"), _family(unit, "D", holders=2)
    _give(unit, older)
    (letter,) = notices.letters_of(unit.desk, both.id).letters
    notices.issue(unit.desk, [dataclasses.replace(letter, contacts=letter.contacts[:1])], "post")
    notice_editions.make_current(unit.desk, FRONT.replace("None comes from public lists.", "Some comes from public lists."), MORE)
    _give(unit, small)
    _change(unit, head="Robin Ashdown")
    found = {one.letter.pupil.id: (one.lack, one.has and one.has.number) for one in families.waiting(unit.desk)}
    assert found == {
        never.id: (DueReason.NEVER, None),
        older.id: (DueReason.REISSUE, 1),
        small.id: (DueReason.MINOR, 2),
        both.id: (DueReason.NEVER, None),
    }
    assert [one.letter for one in families.waiting(unit.desk)] == list(notices.notices_due(unit.desk).letters)


def test_a_person_may_say_that_other_words_promise_the_same(unit: Unit) -> None:
    pupil = _family(unit)
    _give(unit, pupil)
    notice_editions.make_current(
        unit.desk, FRONT.replace("None comes from public lists.", "Nothing comes from public lists."), MORE, minor_because="A better word"
    )
    assert [one.lack for one in families.waiting(unit.desk)] == [DueReason.MINOR]
    notice_editions.make_current(unit.desk, FRONT.replace("None comes from public lists.", "All comes from public lists."), MORE)
    assert [one.lack for one in families.waiting(unit.desk)] == [DueReason.REISSUE]  # of two changes of words, one promises something else
    assert [one.minor_because for one in notice_editions.on_file(unit.desk)] == ["", "A better word", ""]


def test_the_affected_families_are_exactly_those_who_had_the_older_edition_and_not_the_newer(unit: Unit) -> None:
    """Whoever gave what to whom, in any order: asked again of the plain rows."""
    chance = random.Random(5)
    people = [
        _family(unit, f"Kim {number}", holders=chance.randrange(1, 3), dob=chance.choice((date(2012, 5, 1), date(2010, 5, 1))))
        for number in range(9)
    ]
    editions = []
    for number in range(3):
        _change(unit, head=f"Head {number}")
        for pupil in people:
            letters = notices.letters_of(unit.desk, pupil.id).letters
            for letter in letters:
                named = chance.sample(letter.contacts, chance.randrange(len(letter.contacts) + 1)) if letter.contacts else []
                if named or (not letter.contacts and chance.random() < 0.5):
                    given = dataclasses.replace(letter, contacts=tuple(named))
                    notices.issue(unit.desk, [given], "post", date(2026, 11, chance.randrange(1, 25)), copies=())
        editions.append(notices.current_edition(unit.desk))
    for day in (DAY, date(2026, 11, 12)):
        for old in editions:
            affected = families.affected(unit.desk, old, day)
            assert affected == [
                letter for letter in notices.letters_of_everyone(unit.desk, day).letters if _affected(unit, letter, old, editions[-1], day)
            ]
    assert families.affected(unit.desk, editions[-1]) == []
    assert families.affected(unit.desk, editions[0])


def _affected(unit: Unit, letter: Letter, old: Edition, new: Edition, day: date) -> bool:
    sql = "SELECT 1 FROM notice_issue WHERE pupil_id = ? AND coalesce(contact_id, '') = ? AND edition_id = ? AND \"on\" <= ?"
    for person in [contact.id for contact in letter.contacts] or [""]:
        has = [unit.desk.vault.first_row(sql, (letter.pupil.id, person, edition.id, day.isoformat())) is not None for edition in (old, new)]
        if has == [True, False]:
            return True
    return False


def test_who_was_told_of_the_learning_records_service(unit: Unit) -> None:
    told, untold = _family(unit, "A"), _family(unit, "B")
    _give(unit, told)
    old = _legacy(unit, number=2)
    letters = notices.letters_of(unit.desk, untold.id).letters
    notices.issue(unit.desk, letters, "post")
    with unit.desk.vault.transaction():
        unit.desk.vault.execute(
            "INSERT INTO notice_issue (id, pupil_id, edition_id, contact_id, given_to, \"on\", channel, at, issued_by) VALUES ('x', ?, ?, NULL, 'B', '2026-09-01', 'post', 'at', 'me')",
            (untold.id, old.id),
        )
    assert lrs_uln.told_of_lrs(unit.desk, [told, untold], DAY) == {told.id, untold.id}
    assert lrs_uln.told_of_lrs(unit.desk, [told, untold], date(2026, 11, 23)) == frozenset()


def test_whoever_came_a_month_ago_and_had_none_is_counted(unit: Unit) -> None:
    pupil = _family(unit)
    assert "1 pupil came more than 30 days ago" in families.in_time(unit.desk).todo
    _give(unit, pupil)
    assert families.in_time(unit.desk).todo == ""


# -- the property of the whole: what is found, and what is read


def _shuffled(said: EditionContent, chance: random.Random) -> EditionContent:
    """The same edition with some things otherwise, by chance; mostly few."""
    items, recipients, filling = dict(said.items), dict(said.recipients), dict(said.filling)
    front, more = said.front, said.more
    for _turn in range(chance.randrange(4)):
        path, name = chance.choice(list(items)), chance.choice(list(recipients))
        what = chance.randrange(9)
        if what == 0:
            del items[path]
            recipients = {key: _pruned(one, path) for key, one in recipients.items()}
        elif what == 1:
            items[f"{path}-2"] = EditionItem("Shoe size", "names", "to teach", "public task", "until 25")
        elif what == 2:
            items[path] = dataclasses.replace(
                items[path], **{chance.choice(("category", "purpose", "basis", "kept", "special", "label")): "another"}
            )
        elif what == 3:
            recipients[name] = dataclasses.replace(recipients[name], full=tuple(items)[: chance.randrange(1, 5)], minimum=())
        elif what == 4:
            recipients[f"{name}-2"] = dataclasses.replace(recipients[name], heading="The police")
        elif what == 5:
            key = chance.choice(list(filling))
            filling[key] = ("one", "two") if isinstance(filling[key], tuple) else f"{filling[key]} or so"
        elif what == 6:
            front = chance.choice(
                (front + "\n\n## Pictures\n\nNone.", front.replace("None comes", "Some comes"), front.replace(" ", "  ", 1))
            )
        elif what == 7:
            more = chance.choice(
                (more + "\n\n**Cameras.** None.", more.replace("researchers", "scholars"), more.replace("\n\n**People", "\n\n\n**People"))
            )
        else:
            keys = list(items)
            chance.shuffle(keys)
            items = {key: items[key] for key in keys} if chance.random() < 0.5 else items
    return EditionContent(front, more, filling, items, recipients)


def _pruned(one: EditionRecipient, path: str) -> EditionRecipient:
    return dataclasses.replace(
        one, full=tuple(each for each in one.full if each != path), minimum=tuple(each for each in one.minimum if each != path)
    )


def test_where_nothing_is_found_two_editions_read_the_same_and_where_they_differ_something_is_found(unit: Unit) -> None:
    said = notice_text.edition_text(unit.desk.settings, unit.desk.today, NoticeProse(front=FRONT, more=MORE))
    chance = random.Random(11)
    alike = 0
    for _turn in range(60):
        other = _shuffled(said, chance)
        reads = [
            plain_text(full_notice(front_part(one.front, one.filling), tables(notice_text.annex_from(one), one.filling)))
            for one in (said, other)
        ]
        found = differences(said, other, notice_editions.details())
        if reads[0] != reads[1]:
            assert found, "they read differently, and nothing is said"
        alike += reads[0] == reads[1]
        if not found:
            assert reads[0] == reads[1]
    assert 3 < alike < 50  # both ways are tried
