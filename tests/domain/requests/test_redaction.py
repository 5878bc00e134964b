"""Names are found however they are written; the pupil's own is left alone; a text made anew has none of the words that are withheld."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pupil_desk.domain.pupils.name_forms import Detail, NamedPerson, tokens_in, words_in
from pupil_desk.domain.requests.redaction import NameFinder
from pupil_desk.domain.requests.withholding import WITHHELD, needle_counts, needles_of, rebuilt, remnants_in

OWN = NamedPerson(whose="pupil", said="Bea", forenames=("Bea",), surnames=("Quill",))
TYRONE = NamedPerson(
    whose="pupil", said="Tyrone Penn", forenames=("Tyrone", "Ty"), surnames=("Penn", "van der Berg"), middles=("James", "Lee")
)
WILL = NamedPerson(whose="pupil", said="Will Rose", forenames=("Will",), surnames=("Rose",))
ADA = NamedPerson(whose="pupil", said="Ada Quill", forenames=("Ada",), surnames=("Quill",))
ZOE = NamedPerson(whose="pupil", said="Zoë O’Hanrahan-Núñez", forenames=("Zoë",), surnames=("O’Hanrahan-Núñez",))
ANN = NamedPerson(whose="own-family", said="Ann Quill", forenames=("Ann",), surnames=("Quill",))
SURGERY = NamedPerson(whose="professional", said="Larkfield Surgery", surnames=("Larkfield Surgery",), whole=True)
FINDER = NameFinder(
    [TYRONE, WILL, ADA, ZOE, ANN, SURGERY],
    [
        Detail(whose="protected", said="home", text="27 Upper High Street"),
        Detail(whose="protected", said="home", text="SG4 7ZZ"),
        Detail(whose="protected", said="phone", text="01632 960101"),
        Detail(whose="own-contact-detail", said="mail", text="ann.q@example.org"),
    ],
    pupil=OWN,
    common={"will", "rose", "may"},
)


def found(text: str) -> list[str]:
    return [text[hit.start : hit.stop] for hit in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tyrone’s chair was wet", ["Tyrone"]),
        ("TYRONE PENN and tyrone penn", ["TYRONE PENN", "tyrone penn"]),
        ("Penn, Tyrone James came", ["Penn, Tyrone James"]),
        ("T. Penn, T Penn, TJ Penn, T.J. Penn, T. J. Penn", ["T. Penn", "T Penn", "TJ Penn", "T.J. Penn", "T. J. Penn"]),
        ("Tyrone James Lee Penn and Tyrone L Penn", ["Tyrone James Lee Penn", "Tyrone L Penn"]),
        ("Tyrone P said it", ["Tyrone P"]),
        ("Tyrone a said it", ["Tyrone"]),
        ("Ty was there; ty too", ["Ty", "ty"]),
        ("Ty\u00adro\u200bne was", ["Ty\u00adro\u200bne"]),
        ("the Penns came", ["Penns"]),
        ("Mr Penn, Mr. Penn and Miss  Penn", ["Mr Penn", "Mr. Penn", "Miss  Penn"]),
        ("Van der Berg, or Berg", ["Van der Berg", "Berg"]),
        ("zoe ohanrahan nunez", ["zoe ohanrahan nunez"]),
        ("ZOE O HANRAHAN-NUNEZ", ["ZOE O HANRAHAN-NUNEZ"]),
        ("Zoe\u0308 Nun\u0303ez", ["Zoe\u0308 Nun\u0303ez"]),
        ("Zoë O‘Hanrahan–Núñez", ["Zoë O‘Hanrahan–Núñez"]),
        ("write to zoe.nunez@example.org", ["zoe.nunez"]),
        ("at 27, upper high street, SG47ZZ or sg4 7zz", ["27, upper high street", "SG47ZZ", "sg4 7zz"]),
        ("01632960101, +44 1632 960 101, +44 (0)1632 960101", ["01632960101", "+44 1632 960 101", "+44 (0)1632 960101"]),
        ("101632 960101 is another number", []),
        ("ann.q@example.org", ["ann.q@example.org"]),
        ("Larkfield Surgery is not the surgery at Larkfield", ["Larkfield Surgery"]),
        ("Adapt the pennant; a tyrones; annual", []),
        ("", []),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_the_pupil_is_left_alone_but_not_one_with_a_title_or_another_of_that_surname() -> None:
    assert found("Bea Quill, Quill, B. Quill and Bea sat. Bea’s coat") == []
    assert found("Ada Quill sat by Bea Quill") == ["Ada Quill"]
    hits = FINDER.find("Mrs Quill rang about Bea.")
    assert [(hit.whose, hit.said) for hit in hits] == [(("pupil", "own-family"), ("Ada Quill", "Ann Quill"))]


def test_someone_with_a_title_and_the_pupils_surname_of_whom_nothing_is_known_is_found_too() -> None:
    alone = NameFinder([], pupil=OWN)
    assert [hit.said for hit in alone.find("Dr Quill rang. Bea Quill was out.")] == [("Dr Quill",)]


def test_a_name_that_is_a_word_too_is_sure_only_where_it_is_no_word() -> None:
    hits = {(hit.start, hit.sure) for hit in FINDER.find("will he? Will he? Told Will to go. 1 rose. Will Rose.")}
    assert hits == {(0, False), (9, False), (23, True), (37, False), (43, True)}
    finder = NameFinder(
        [NamedPerson(whose="pupil", said=name, forenames=(name,), surnames=("Will", "Rose")) for name in ("Ian", "Amy", "Wes")],
        pupil=OWN,
        common={"will", "rose"},
    )
    text = "I will draw a rose for w rose. A. Rose and A. rose saw I. Will, and he rose a bit"
    assert [(text[hit.start : hit.stop], hit.sure) for hit in finder.find(text)] == [
        ("I will", False),
        ("a rose", False),
        ("w rose", True),
        ("A. Rose", True),
        ("A. rose", True),
        ("I. Will", True),
        ("rose a", False),
    ]


def test_who_asks_is_not_hidden_from_themselves_but_others_of_the_same_forename_are() -> None:
    finder = NameFinder(
        [NamedPerson(whose="pupil", said="Ann Other", forenames=("Ann",), surnames=("Other",))], pupil=OWN, not_hidden=[ANN]
    )
    assert finder.find("Ann Quill and Mrs Quill rang.") == []
    assert [hit.said for hit in finder.find("Ann said so")] == [("Ann Other",)]


def test_all_who_could_be_meant_are_named() -> None:
    others = [NamedPerson(whose="pupil", said=f"Sam {name}", forenames=("Sam",), surnames=(name,)) for name in ("Oak", "Elm")]
    staff = NamedPerson(whose="staff", said="Sam Ash", forenames=("Sam",), surnames=("Ash",))
    [hit] = NameFinder([*others, staff], pupil=OWN).find("Sam saw it")
    assert hit.said == ("Sam Oak", "Sam Elm", "Sam Ash")
    assert hit.whose == ("pupil", "staff")


# -- texts made anew


LETTERS = "abcdeghijlmnopqrstuvwxyz"
filler = st.lists(
    st.sampled_from(["the", "chair", "went", "home", "at", "ten", "and", "rang", "about", "it", "today", "desk"]), min_size=1, max_size=5
).map(" ".join)
names = (
    st.text(LETTERS, min_size=4, max_size=9)
    .map(str.title)
    .filter(lambda name: name.lower() not in ("quill", "chair", "today", "about", "home"))
)


@st.composite
def spelled(draw: st.DrawFn, person: NamedPerson) -> str:
    first, last = person.forenames[0], person.surnames[0]
    middle = person.middles[0]
    way = draw(
        st.sampled_from(
            [
                f"{first} {last}",
                f"{last}, {first}",
                f"{first[0]}. {last}",
                f"{first[0]} {last}",
                first,
                last,
                f"{first} {middle} {last}",
                f"{first} {middle[0]}. {last}",
                f"{first[0]}{middle[0]} {last}",
                f"Mr {last}",
                f"{first}’s",
                f"{last}'s",
                f"{first}-{last}",
                f"{first}_{last}",
                f"{first.lower()}.{last.lower()}@example.org",
            ]
        )
    )
    how = draw(
        st.sampled_from(
            [str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text), lambda text: text.replace(" ", "\n", 1)]
        )
    )
    if way.endswith("’s") and how is str.upper:
        return way
    return how(way)


@st.composite
def planted(draw: st.DrawFn) -> tuple[list[NamedPerson], str]:
    people = [
        NamedPerson(
            whose="pupil",
            said=f"{number}",
            forenames=(draw(names),),
            surnames=(draw(names) + draw(st.sampled_from(["", "é", "ø"])),),
            middles=(draw(names),),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    pieces = [draw(filler)]
    for person in draw(st.lists(st.sampled_from(people), min_size=1, max_size=6)):
        pieces += [draw(spelled(person)), draw(filler)]
    return people, " ".join(pieces)


@settings(max_examples=150, deadline=None)
@given(planted())
@example(([TYRONE], "T. Penn and Tyrone-Penn went home"))
@example(([NamedPerson(whose="pupil", said="0", forenames=("Iaaa",), surnames=("Aaaa",), middles=("Taaa",))], "the IT Aaaa it"))
@example(([NamedPerson(whose="pupil", said="0", forenames=("Aaaa",), surnames=("Withheld",))], "the Aaaa Withheld the"))  # our own mark
def test_no_planted_name_is_left_in_a_text_made_anew(case: tuple[list[NamedPerson], str]) -> None:
    people, text = case
    hits = NameFinder(people, pupil=OWN).find(text)
    marked = rebuilt(text, [(hit.start, hit.stop) for hit in hits])
    made = marked.replace(WITHHELD, " ")
    plain = unicodedata.normalize("NFKD", made).replace("ø", "o").casefold()
    for person in people:
        for name in (*person.forenames, *person.surnames):
            bare = "".join(
                letter for letter in unicodedata.normalize("NFKD", name).replace("ø", "o") if not unicodedata.combining(letter)
            ).casefold()
            letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
            assert not re.search(rf"(?<![a-z]){bare}(?![a-z])", letters), (text, made)
    assert WITHHELD in marked
    needles = frozenset().union(*(needles_of(text[hit.start : hit.stop], is_name=True, initials=hit.initials) for hit in hits))
    assert not needle_counts([made], needles)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_what_is_not_withheld_stays_as_it_was(text: str, spans: list[tuple[int, int]]) -> None:
    spans = [(start, min(stop, len(text))) for start, stop in spans if start < min(stop, len(text))]
    kept = [letter for place, letter in enumerate(text) if not any(start <= place < stop for start, stop in spans)]
    made = rebuilt(text, spans).split(WITHHELD)
    assert [letter for letter in kept if not letter.isspace()] == [
        letter for letter in "".join(made) if not letter.isspace()
    ] or WITHHELD in text


def test_withheld_stretches_side_by_side_tell_not_how_many_they_were() -> None:
    assert rebuilt("Tyrone Penn sat", [(0, 6), (7, 11)]) == f"{WITHHELD} sat"
    assert rebuilt("Tyrone sat", []) == "Tyrone sat"


# -- what is left


def test_each_word_of_a_name_must_be_gone_and_an_address_only_as_a_whole() -> None:
    assert needles_of("Mrs T. O’Hara-Penn", is_name=True) == {"ohara", "penn"}
    assert needles_of("T. P.", is_name=True) == {"TP"}
    assert needles_of("T. J. Penn", is_name=True) == {"TJ", "penn"}
    assert needles_of("it penn", is_name=True, initials={"it"}) == {"IT", "penn"}
    assert needles_of("Jo Penn", is_name=True) == {"jo", "penn"}
    assert needles_of("IT", is_name=False) == {"IT"}
    assert needles_of("PENN", is_name=False) == {"penn"}
    assert needles_of("27 Upper High Street", is_name=False) == {"27upperhighstreet"}
    assert needles_of("+44 1632 960101", is_name=False) == {"441632960101"}


def test_what_is_left_is_found_as_whole_words_however_they_stand_apart() -> None:
    needles = needles_of("27 High Street", is_name=False) | needles_of("Ada Quill", is_name=True)
    text = "Quill’s coat, the quill, at 27 HIGH-STREET; Quilling, Adam, 27 High Streets; qu\u00adill"
    assert [text[left.start : left.stop] for left in remnants_in(text, needles)] == ["Quill", "quill", "27 HIGH-STREET", "qu\u00adill"]
    assert remnants_in(text, ()) == []


def test_initials_are_left_where_they_stand_in_capitals_and_nowhere_else() -> None:
    text = "IT said it. It is I. T., i.t. too; IT’s. 10 AM, 9.30 A.M., AM, am and I am; Do, DO"
    needles = {"IT", "AM", "DO"}
    assert [text[left.start : left.stop] for left in remnants_in(text, needles)] == ["IT", "I. T", "IT", "AM", "DO"]
    assert [left.needle for left in remnants_in("IT and it", {"IT", "it"})] == ["it", "it"]


def test_a_possessive_and_a_dash_are_no_part_of_a_word() -> None:
    assert [token.bare for token in tokens_in("Quill’s O’Hara – x-y")] == ["quill", "ohara", "x", "y"]
    assert words_in("ÉLODIE’S") == ("elodie",)
