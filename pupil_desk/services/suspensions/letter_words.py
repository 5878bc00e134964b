"""The letters about a suspension as papers: which there are, and the sentences that the law, the kind of unit and the decision put into them."""

from collections.abc import Mapping

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.envelope import ABOUT
from pupil_desk.documents.prose import AND
from pupil_desk.domain.register.calendar import AM, Half
from pupil_desk.domain.suspensions.limit import BoardStep
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, PERMANENT
from pupil_desk.domain.unit.kind import NOT_SAID, Owed, unit_kinds
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.translations.fixed_papers import FixedPaper, PaperWords

USUAL, INDEPENDENT = "", "independent"
_LETTERS = {
    USUAL: ("suspension-letter", "suspension_letter.md", on_paper.SUSPENSION_LETTER.what),
    LUNCHTIME: ("suspension-letter-lunchtime", "suspension_letter_lunchtime.md", _("Letter about a suspension at lunchtime")),
    PERMANENT: ("suspension-letter-permanent", "suspension_letter_permanent.md", _("Letter about a permanent exclusion")),
    INDEPENDENT: (
        "suspension-letter-independent",
        "suspension_letter_independent.md",
        _("Letter about a suspension or exclusion, of an independent unit"),
    ),
}
"""By which decision it is of: the key of the paper, the file of its prose, and what it is called."""
DAY_SIX = {
    Owed.UNIT: _("From {day} we must give {pupil} full-time education."),
    Owed.AUTHORITY: _("From {day} {authority} must arrange full-time education for {pupil}, since we are a unit that it maintains."),
    Owed.HOME_AUTHORITY: _("From {day} the local authority of the area where {pupil} lives must arrange full-time education for {pupil}."),
    Owed.UNKNOWN: _("From {day} {pupil} must be given full-time education. We will tell you who arranges it."),
}
COMMITTEE = {
    BoardStep.REPRESENTATIONS: _(
        "It must consider what you say. For a suspension of this length it need not meet you, and it cannot end the suspension."
    ),
    BoardStep.ON_REQUEST: _(
        "If you ask it to, it must meet within 50 school days to consider whether the pupil should be let back in. You may come to the meeting, bring a friend, be represented, or ask to take part by video."
    ),
    BoardStep.AUTOMATIC: _(
        "It must meet within 15 school days, whether or not you ask, to consider whether the pupil should be let back in. You may come to the meeting, bring a friend, be represented, or ask to take part by video."
    ),
}
TELL_WHEN = _("It will tell you when, where, and whom to ask for.")
WRITE_BEFORE = _("We will write to you at least 48 hours before, to tell you when and where it is, and whom to ask for.")
TOLD_CARE = _("We tell {pupil}’s social worker and the virtual school head of the authority that looks after {pupil} too.")
TOLD_SOCIAL_WORK = _("We tell {pupil}’s social worker too.")
_TO_ADULT: Mapping[str, str] = {
    COMMITTEE[BoardStep.ON_REQUEST]: _(
        "If you ask it to, it must meet within 50 school days to consider whether you should be let back in. You may come to the meeting, bring a friend, be represented, or ask to take part by video."
    ),
    COMMITTEE[BoardStep.AUTOMATIC]: _(
        "It must meet within 15 school days, whether or not you ask, to consider whether you should be let back in. You may come to the meeting, bring a friend, be represented, or ask to take part by video."
    ),
    TOLD_CARE: _("We tell your social worker and the virtual school head of the authority that looks after you too."),
    TOLD_SOCIAL_WORK: _("We tell your social worker too."),
}
"""How a letter to a pupil of 18 or over has what another says of the pupil."""
A_LATER_DAY = _("the next term, on a day that we will tell you")
HOME = _("from {first} to {last}")
FIRST_DAYS, THESE_DAYS, THAT_DAY = (
    _("In the first five school days of the suspension, here from {first} to {last},"),
    _("In these days, from {first} to {last},"),
    _("On {first}"),
)
"""When the duty of the first days is owed: in the letter about a suspension, by how long it lasts."""
AN_AUTHORITY, THE_AUTHORITY, YOUR_AUTHORITY = (
    _("the council of the area where you live"),
    _("the local authority"),
    _("your local authority"),
)
A_PANEL = _("the local authority or the academy trust")
SENDIASS = _("The SEND information, advice and support service (SENDIASS) of {authority}")
EXCLUDED, SUSPENDED = _("permanently excluded"), _("suspended")
FROM, LASTS = _("from {day}"), _("from {day}, for {length}")
THE_HEAD, HEAD, ACTING_HEAD = _("The head of the unit"), _("Head of the unit"), _("Acting head of the unit")
_ONE_DAY, _HALF_DAY, _DAYS = _("one school day"), _("half a school day"), _("{days} school days")
_ONE_LUNCH, _LUNCHES = _("one lunchtime"), _("{number} lunchtimes")
_MORNING, _AFTERNOON = _("the morning of {day}"), _("the afternoon of {day}")
_ALL = (ABOUT, AND, THE_HEAD, HEAD, ACTING_HEAD, TOLD_CARE, TOLD_SOCIAL_WORK, YOUR_AUTHORITY, SENDIASS)
_LENGTHS = (_ONE_DAY, _HALF_DAY, _DAYS)
_OF_LETTER: Mapping[str, tuple[str, ...]] = {
    USUAL: (*_LENGTHS, _MORNING, _AFTERNOON, A_LATER_DAY, FIRST_DAYS, THESE_DAYS, THAT_DAY, *DAY_SIX.values(), *COMMITTEE.values(), WRITE_BEFORE, THE_AUTHORITY, AN_AUTHORITY),
    LUNCHTIME: (_ONE_LUNCH, _LUNCHES, *COMMITTEE.values(), AN_AUTHORITY),
    PERMANENT: (_MORNING, _AFTERNOON, HOME, *DAY_SIX.values(), *COMMITTEE.values(), TELL_WHEN, THE_AUTHORITY, AN_AUTHORITY, A_PANEL),
    INDEPENDENT: (*_LENGTHS, _ONE_LUNCH, _LUNCHES, EXCLUDED, SUSPENDED, FROM, LASTS),
}  # fmt: skip
"""What each letter may say beside its prose; that of another letter is not asked of its translator."""


_OF_SCHOOL_AGE = frozenset({HOME, FIRST_DAYS, THESE_DAYS, THAT_DAY, *DAY_SIX.values(), TELL_WHEN, WRITE_BEFORE})
"""What the law has of a pupil of compulsory school age alone: whom it makes responsible in the first days, and education from day six."""


def papers() -> dict[tuple[str, bool], FixedPaper]:
    """Every letter, by which decision it is of, and whether it goes to a pupil of 18 or over."""
    letters = {}
    for decision, (key, file, title) in _LETTERS.items():
        sentences = (*_ALL, *_OF_LETTER[decision], *_boards(decision))
        to_adult = tuple(_TO_ADULT.get(words, words) for words in sentences if words not in _OF_SCHOOL_AGE)
        letters[decision, False] = FixedPaper(key, title, (file,), sentences, code_lists=("exclusion_reason",))
        letters[decision, True] = FixedPaper(
            f"{key}-adult",
            _("{letter}, to a pupil of 18").format(letter=title),
            (file.replace(".md", "_adult.md"),),
            to_adult,
            code_lists=("exclusion_reason",),
        )
    return letters


def paper_of(category: str, *, reviews: bool, adult: bool) -> FixedPaper:
    """The letter about a decision of a category; ``reviews`` is whether the law on exclusions covers the unit, ``adult`` whether it goes to the pupil."""
    return papers()[INDEPENDENT if not reviews else category if category in (LUNCHTIME, PERMANENT) else USUAL, adult]


def to_reader(english: str, words: PaperWords) -> str:
    """A sentence of the pupil; in a letter to the pupil the one that says «you»."""
    sentence = _TO_ADULT.get(english, english)
    return words.say(sentence if words.has(sentence) else english)


def _boards(decision: str) -> tuple[str, ...]:
    """Who considers a decision, as the rule of each kind of unit says it."""
    kinds = [kind for kind in (NOT_SAID, *unit_kinds().values()) if kind.reviews != (decision == INDEPENDENT)]
    names = [name for kind in kinds for name in (kind.board, kind.board_is, kind.panel if decision == PERMANENT else "") if name]
    return tuple(dict.fromkeys(names))


def days_words(days: float, words: PaperWords) -> str:
    """How long a suspension lasts, in school days."""
    if days == 1:
        return words.say(_ONE_DAY)
    return words.say(_HALF_DAY) if days == 0.5 else words.say(_DAYS).format(days=f"{days:g}")


def lunchtimes_words(number: int, words: PaperWords) -> str:
    """How many lunchtimes."""
    return words.say(_ONE_LUNCH) if number == 1 else words.say(_LUNCHES).format(number=number)


def half_words(half: Half, words: PaperWords) -> str:
    """The half of a school day."""
    return words.say(_MORNING if half[1] == AM else _AFTERNOON).format(day=show_date(half[0]))
