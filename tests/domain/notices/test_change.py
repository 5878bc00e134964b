"""The difference between two editions names each changed promise, and nothing else; and whether it must be told again."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.notices.change import ChangeGravity, NoticeChange, differences, gravest, names_in, parts_of
from pupil_desk.domain.notices.edition import EditionContent, EditionItem, EditionRecipient, content_of

FRONT = """# How we use information

From {unit}. We keep: {categories}.

## Who we tell

**The youth service.** It is {youth_service}. A parent can say no.

**Nobody else.** Not even for 1.5 years.

## Your rights

You can ask {copy_contact} for a copy."""
MORE = """## Read more

**The law.** The UK GDPR.

**To complain:** {ico_page}"""
ITEM = EditionItem("Surname", "names", "to teach", "public task", "until 25")
SAID = EditionContent(
    FRONT,
    MORE,
    {
        "unit": "Larkfield",
        "categories": "names; health",
        "youth_service": "Young Larkfield",
        "copy_contact": "Ann",
        "ico_page": "https://ico.example",
        "dpo": "Jo",
    },
    {
        "pupil.surname": ITEM,
        "pupil.forename": dataclasses.replace(ITEM, label="Forename"),
        "pupil.medical": EditionItem("Medical notes", "health", "to care", "public task", "until 25", "health, Article 9"),
    },
    {
        "youth": EditionRecipient("Youth support: Young Larkfield", "Act 2008", ("pupil.surname",), ("pupil.surname", "pupil.forename")),
        "census": EditionRecipient("The Department", "Act 1996", (), ("pupil.surname",)),
    },
)
DETAILS = {"unit": "Name of the unit", "copy_contact": "Who answers requests for a copy"}
FORENAME, MEDICAL = "pupil.forename", "pupil.medical"
YOUTH = SAID.recipients["youth"]


def _item(path: str, **facts: str) -> EditionContent:
    return dataclasses.replace(SAID, items={**SAID.items, path: dataclasses.replace(SAID.items.get(path, ITEM), **facts)})


def _without(path: str) -> EditionContent:
    return dataclasses.replace(SAID, items={key: item for key, item in SAID.items.items() if key != path})


def _told(name: str, one: EditionRecipient | None) -> EditionContent:
    kept = {key: other for key, other in SAID.recipients.items() if key != name}
    return dataclasses.replace(
        SAID,
        recipients=kept if one is None else {key: one if key == name else other for key, other in (SAID.recipients | {name: one}).items()},
    )


def _words(front: str = FRONT, more: str = MORE) -> EditionContent:
    return dataclasses.replace(SAID, front=front, more=more)


def _filled(**filling: str) -> EditionContent:
    return dataclasses.replace(SAID, filling={**SAID.filling, **filling})


PROMISES: tuple[tuple[EditionContent, str, ChangeGravity, tuple[str, ...]], ...] = (
    (_item("pupil.shoe", label="Shoe size"), "item-added", ChangeGravity.REISSUE, ("Shoe size", "to teach", "public task", "until 25")),
    (_without(FORENAME), "item-removed", ChangeGravity.MINOR, ("no longer keep “Forename”",)),
    (_item(FORENAME, label="Given name"), "item-renamed", ChangeGravity.MINOR, ("“Forename”", "“Given name”")),
    (_item(FORENAME, category="health"), "item-moved", ChangeGravity.MINOR, ("“Forename”", "“health”", "“names”")),
    (_item(FORENAME, purpose="to sell"), "item-purpose", ChangeGravity.REISSUE, ("“Forename”", "to sell", "to teach")),
    (_item(FORENAME, basis="consent"), "item-basis", ChangeGravity.REISSUE, ("“Forename”", "consent", "public task")),
    (_item(FORENAME, kept="for ever"), "item-kept", ChangeGravity.REISSUE, ("“Forename”", "for ever", "until 25")),
    (_item(MEDICAL, special=""), "item-special", ChangeGravity.REISSUE, ("“Medical notes”", "nothing", "health, Article 9")),
    (_told("police", EditionRecipient("The police", "Act 1984", (), (MEDICAL,))), "recipient-added", ChangeGravity.REISSUE, ("The police", "“Medical notes”", "Act 1984")),
    (_told("census", None), "recipient-removed", ChangeGravity.MINOR, ("The Department is no longer told",)),
    (_told("youth", dataclasses.replace(YOUTH, heading="Youth support: Old Larkfield")), "recipient-renamed", ChangeGravity.MINOR, ("Old Larkfield", "Young Larkfield")),
    (_told("youth", dataclasses.replace(YOUTH, names=("Hub",))), "recipient-names", ChangeGravity.MINOR, ("Youth support", "now Hub", "before, nobody")),
    (_told("youth", dataclasses.replace(YOUTH, covers="Of all."),), "recipient-covers", ChangeGravity.REISSUE, ("Youth support", "Of all.", "nothing said")),
    (_told("youth", dataclasses.replace(YOUTH, law="Act 2026")), "recipient-law", ChangeGravity.REISSUE, ("Act 2026", "Act 2008")),
    (_told("youth", dataclasses.replace(YOUTH, full=(*YOUTH.full, MEDICAL))), "recipient-more", ChangeGravity.REISSUE, ("Youth support", "“Medical notes”")),
    (_told("youth", dataclasses.replace(YOUTH, full=YOUTH.full[:1])), "recipient-less", ChangeGravity.MINOR, ("no longer told “Forename”",)),
    (_told("youth", dataclasses.replace(YOUTH, minimum=YOUTH.full)), "recipient-must-more", ChangeGravity.REISSUE, ("even where a family limits", "“Forename”")),
    (_told("youth", dataclasses.replace(YOUTH, minimum=())), "recipient-must-less", ChangeGravity.REISSUE, ("“Surname”",)),
    (_filled(unit="Larkhill"), "detail-controller", ChangeGravity.REISSUE, ("Name of the unit", "Larkhill", "Larkfield")),
    (_filled(copy_contact="Bea"), "detail-right", ChangeGravity.REISSUE, ("Who answers requests for a copy", "Bea", "Ann")),
    (_filled(ico_page="https://other.example"), "detail", ChangeGravity.MINOR, ("https://other.example",)),
    (_words(FRONT + "\n\n## Pictures\n\nWe take some."), "section-added", ChangeGravity.REISSUE, ("“Pictures”",)),
    (_words(more=MORE.replace("\n\n**To complain:** {ico_page}", "")), "section-removed", ChangeGravity.REISSUE, ("“To complain”",)),
    (_words(FRONT.replace("can say no", "cannot say no")), "wording", ChangeGravity.REISSUE, ("“Who we tell: The youth service”",)),
    (_words(FRONT.replace("1.5 years", "15 years")), "wording", ChangeGravity.REISSUE, ("“Who we tell: Nobody else”",)),
    (_words(more=MORE.replace("The UK GDPR.", "The UK GDPR  is.")), "wording", ChangeGravity.REISSUE, ("“The law”",)),
    (_words(FRONT.replace("for a copy.", "for a copy!")), "spelling", ChangeGravity.MINOR, ("“Your rights”",)),
    (dataclasses.replace(SAID, items=dict(reversed(SAID.items.items()))), "order", ChangeGravity.MINOR, ()),
    (dataclasses.replace(SAID, recipients=dict(reversed(SAID.recipients.items()))), "order", ChangeGravity.MINOR, ()),
    (_told("youth", dataclasses.replace(YOUTH, full=YOUTH.full[::-1])), "order", ChangeGravity.MINOR, ()),
)  # fmt: skip
"""An edition in which one promise is another; what is found, how grave it is, and what its sentence names."""


@pytest.mark.parametrize(("new", "kind", "gravity", "named"), PROMISES, ids=[f"{n} {one[1]}" for n, one in enumerate(PROMISES)])
def test_each_changed_promise_is_named_alone(new: EditionContent, kind: str, gravity: ChangeGravity, named: tuple[str, ...]) -> None:
    (change,) = differences(SAID, new, DETAILS)
    assert (change.kind, change.gravity) == (kind, gravity)
    assert [words for words in named if words not in change.words] == []
    assert "{" not in change.words


def test_every_kind_of_the_list_is_tried_and_every_kind_found_is_in_the_list() -> None:
    assert {kind for _new, kind, _gravity, _named in PROMISES} == set(codelist("notice_change").codes) - {"not-known"}


def test_of_one_edition_nothing_has_changed_and_what_no_words_name_is_no_promise() -> None:
    assert differences(SAID, SAID, DETAILS) == ()
    assert differences(SAID, _filled(dpo="Kim"), DETAILS) == ()


@given(st.sets(st.sampled_from(range(len(PROMISES) - 3)), max_size=6))
def test_several_changes_are_all_named(chosen: set[int]) -> None:
    """Changes of different things, made together, are found as each is found alone; of the same thing, the last made."""
    new, wanted = SAID, set[tuple[str, tuple[str, ...]]]()
    touched: set[object] = set()
    for number in sorted(chosen):
        one, kind, *_rest = PROMISES[number]
        parts = _parts(one)
        if touched & set(parts):
            continue
        touched |= set(parts)
        new = _with(new, one)
        (alone,) = differences(SAID, one, DETAILS)
        wanted.add((kind, alone.about[:1]))
    found = {(change.kind, change.about[:1]) for change in differences(SAID, new, DETAILS)}
    assert found == wanted


def _parts(one: EditionContent) -> list[object]:
    """What an edition has otherwise than the first: names of its parts."""
    found: list[object] = []
    for name in ("filling", "items", "recipients"):
        old, new = getattr(SAID, name), getattr(one, name)
        found += [(name, key) for key in {*old, *new} if old.get(key) != new.get(key)]
    found += [("filling", name) for name in names_in(SAID.front + SAID.more) ^ names_in(one.front + one.more)]
    return found + [name for name in ("front", "more") if getattr(SAID, name) != getattr(one, name)]


def _with(base: EditionContent, one: EditionContent) -> EditionContent:
    items: dict[str, object] = {}
    for name in ("filling", "items", "recipients"):
        now, old, new = dict(getattr(base, name)), getattr(SAID, name), getattr(one, name)
        for key in {*old, *new}:
            if old.get(key) != new.get(key):
                if key in new:
                    now[key] = new[key]
                else:
                    del now[key]
        items[name] = now
    items |= {name: getattr(one if getattr(one, name) != getattr(SAID, name) else base, name) for name in ("front", "more")}
    return dataclasses.replace(base, **items)  # type: ignore[arg-type]


def test_things_to_which_the_same_happens_are_named_together() -> None:
    both = dataclasses.replace(SAID, items={path: dataclasses.replace(item, kept="for ever") for path, item in SAID.items.items()})
    (change,) = differences(SAID, both, DETAILS)
    assert change.about == ("Surname", "Forename", "Medical notes")
    assert change.words == "“Surname”, “Forename” and “Medical notes”: we keep it for ever, and no longer until 25."


def test_a_changed_part_shows_the_sentences_that_are_new_and_gone() -> None:
    (change,) = differences(SAID, _words(FRONT.replace("A parent can say no.", "A parent cannot.")), DETAILS)
    assert (change.before, change.after) == ("A parent can say no.", "A parent cannot.")


@pytest.mark.parametrize(
    ("kinds", "minor", "gravity"),
    [
        ((), False, None),
        (("item-removed",), False, ChangeGravity.MINOR),
        (("item-removed", "item-kept"), False, ChangeGravity.REISSUE),
        (("wording",), False, ChangeGravity.REISSUE),
        (("wording", "detail"), True, ChangeGravity.MINOR),
        (("wording", "item-kept"), True, ChangeGravity.REISSUE),
        (("section-removed",), True, ChangeGravity.REISSUE),
        (("something-new",), False, ChangeGravity.REISSUE),
    ],
)
def test_the_gravest_decides_and_a_person_may_speak_for_words_alone(
    kinds: tuple[str, ...], minor: bool, gravity: ChangeGravity | None
) -> None:
    assert gravest([NoticeChange(kind, (), "") for kind in kinds], wording_minor=minor) is gravity


def test_an_edition_is_kept_as_data_and_read_back() -> None:
    assert content_of(SAID.as_data()) == dataclasses.replace(
        SAID, filling=dict(SAID.filling), items=dict(SAID.items), recipients=dict(SAID.recipients)
    )


def test_parts_with_the_same_heading_are_told_apart() -> None:
    assert list(parts_of("## A\n\nx\n\n## A\n\ny\n\n**b** z", "top")) == ["A", "A (2)", "A (2): b"]


_ANY = st.text(alphabet="ab#*{} \n.", max_size=30)


@given(_ANY, _ANY)
def test_two_texts_differ_exactly_where_something_is_found(one: str, other: str) -> None:
    same = list(parts_of(one, "The top of the notice").items()) == list(parts_of(other, "The top of the notice").items())
    assert (differences(_words(front=one), _words(front=other), DETAILS) == ()) is same
