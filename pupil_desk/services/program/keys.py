"""The keys of the program, each once: the window obeys them, and the list of keys and the help name them by their words here.

A widget that takes a key in more ways than one, such as a drop-down or a paper, decides so itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pupil_desk.basics.words import _


@dataclass(frozen=True, slots=True)
class Key:
    """``sequences`` as Qt reads them, such as «Ctrl+PgDown», the first the usual one; ``words`` what it does, and ``more`` what the help says beside."""

    sequences: tuple[str, ...]
    words: str
    more: str = ""

    @property
    def sequence(self) -> str:
        return self.sequences[0]

    @property
    def shown(self) -> str:
        """As it stands on the keyboard: «Ctrl+Page Down»."""
        return _(" or ").join(_shown(sequence) for sequence in self.sequences)

    @property
    def told(self) -> str:
        """All that the help says of it."""
        return f"{self.words}{self.more}"


_NAMES = {"PgDown": _("Page Down"), "PgUp": _("Page Up"), "Del": _("Delete"), "Return": _("Enter"), "Esc": _("Esc")}


def _shown(sequence: str) -> str:
    *with_keys, last = sequence.removesuffix("+").split("+") if sequence != "+" else [sequence]
    if sequence.endswith("++"):
        return _("Ctrl and plus")
    if last == "-":
        return _("Ctrl and minus")
    return "+".join((*with_keys, _NAMES.get(last, last)))


HELP = Key(("F1",), _("Help on this page"), _(": on the part of a record, the tab or the question that you are in"))
LOOK_AGAIN = Key(("F5",), _("Look again"))
NEXT_PANE = Key(("F6",), _("Go to the next part of the window"))
NUMBERS = tuple(Key((f"Ctrl+{number}",), "") for number in range(1, 10))
NEXT_PAGE, PAGE_BEFORE = Key(("Ctrl+Tab",), _("Next page")), Key(("Ctrl+Shift+Tab",), _("Page before"))
BACK = Key(("Alt+Left",), _("Back"))
FIND_ANYTHING = Key(("Ctrl+E",), _("Find anything"), _(": a pupil, a page, a chapter of the help. Arrows choose, Enter opens, Esc closes"))
FIND = Key(("Ctrl+F",), _("Find on this page"))
NEW = Key(("Ctrl+N",), _("New"), _(": a pupil, an incident, a request, a user, a trip"))
CHOOSE_SEVERAL = Key(("Ctrl+T",), _("Choose several pupils, and back"))
SAVE = Key(("Ctrl+S",), _("Save"))
UNDO = Key(
    ("Ctrl+Z",),
    _("Undo"),
    _(": in a field what is typed there; in the register what is not saved, a step at a time; else what the foot of the window offers"),
)
PRINT = Key(("Ctrl+P",), _("Print"), _(", or show what would be printed"))
READ_SCAN = Key(("Ctrl+R",), _("On the page Forms: read a scan in"))
LOCK = Key(("Ctrl+L",), _("Lock"))
SIGN_OUT = Key(("Ctrl+Q",), _("Sign out and close Pupil Desk"))
CONCERN = Key(
    ("Ctrl+Shift+C",),
    _("Write a safeguarding concern"),
    _(", where the unit keeps its safeguarding files here: in a pupil’s record about that pupil"),
)
KEYS = Key(("Ctrl+/",), _("This list of keys"))
ESC = Key(
    ("Esc",),
    _("Put back what was; back from the help; close a question with the safe answer, and where words are typed in it on the second press"),
)

NEXT_ORDER = Key(("Ctrl+Shift+O",), _("Order by the next column"))
FILTER = Key(("Ctrl+Shift+F",), _("In the list of pupils: the filter"), _("; Esc closes it, and its conditions stay"))
TICK, TICK_ALL = (
    Key(("Space",), _("Tick or untick, where pupils or items are chosen")),
    Key(("Ctrl+A",), _("Choose or tick all in the list")),
)

TAKE_OUT = Key(("Del",), _("In the pupils of an incident that you type: take out the one you are on"))
EXPLAIN = Key(("Shift+F1",), _("In a pupil’s record: where the value of this field comes from, and what it was before"))
EDIT = Key(("F2",), _("On a pupil’s card: edit the details"))
PARTS = Key(
    ("Ctrl+J",), _("In a pupil’s record: to the list of its parts"), _("; the first letters of a name turn to it, Enter goes into it")
)
NEXT_TAB = Key(("Ctrl+PgDown",), _("In a pupil’s record: the next part; on a page with tabs: the next tab"))
TAB_BEFORE = Key(("Ctrl+PgUp",), _("The part or the tab before"))
CHOICES = Key(("Alt+Down", "F4"), _("Open a list of choices, as a click does"), _("; or type the code or the beginning of the words"))

FILL = Key(("F2", "Ctrl+Return"), _("Present, or as was arranged, for all not marked in this session"))
NEXT_MISSING = Key(("F3",), _("Next session that is not marked"))
CALL = Key(("F4",), _("Record a call about an absence"))
COMPARE = Key(("F7",), _("Compare with the school system’s register"), _(": choose its export, and what differs is listed"))
TO_DATE = Key(("Ctrl+D",), _("To the date"), _(": type it as you would write it"))
STEP_BACK, STEP_ON = Key(("Ctrl+Left",), _("Day or week before")), Key(("Ctrl+Right",), _("Next day or week"))

RECORD_STEP = Key(("Ctrl+Return",), _("In a step of a request: record it, as Ctrl+S does"))
WITHHOLD, GIVE = Key(("W",), _("Withhold the places chosen, and go on to the next")), Key(("G",), _("Give them, and go on to the next"))
WITHHOLD_WORDS = Key(("M",), _("Withhold the words that are selected in the text"))
MAY_STAND = Key(("T", "Space"), _("Under Same words elsewhere: the word may stand here"))

_ON_BOXES = (
    (_("Arrow keys"), _("On a box over a paper: move it; with Shift, size it; with Ctrl, by less")),
    (_("Delete"), _("On a box over a paper: take it away")),
)

LARGER, SMALLER = Key(("Ctrl++",), _("Larger")), Key(("Ctrl+-",), _("Smaller"))

GROUPS: Mapping[str, tuple[str, tuple[Key | tuple[str, str], ...]]] = {
    "page": (
        _("On every page"),
        (
            HELP,
            FIND_ANYTHING,
            FIND,
            NEW,
            SAVE,
            UNDO,
            ESC,
            PRINT,
            LOOK_AGAIN,
            LOCK,
            SIGN_OUT,
            CONCERN,
            KEYS,
            (_("Ctrl+1 to Ctrl+9"), _("Open the page that has this number in the list of pages")),
            NEXT_PAGE,
            PAGE_BEFORE,
            BACK,
            NEXT_PANE,
            (_("Left, Right"), _("In the list of pages, on the heading of a group: fold its pages away, show them")),
            READ_SCAN,
        ),
    ),
    "lists": (
        _("In lists"),
        (
            (_("Up, Down"), _("Move; where no line is chosen yet, to the first")),
            (_("Home, End"), _("First and last line")),
            (_("Enter"), _("Open, or go on to what is done with the line")),
            (_("Left, Right"), _("On Home: hide or show the things that a line counts; on a chart: the number before, the next")),
            NEXT_ORDER,
            FILTER,
            CHOOSE_SEVERAL,
            TICK,
            TICK_ALL,
            (_("Y, N, T, A, R, E"), _("In the list of a pupil’s consents: yes, no, takes the yes back, asked, reminded, excused")),
            (_("Y, N, R"), _("In the list of a class or a trip: yes or no on the form, reminded")),
            (_("R, A and E, L"), _("On Sharing: restrict or allow, for the youth support service and for colleges")),
        ),
    ),
    "forms": (
        _("In forms and records"),
        (
            (_("Tab, Shift+Tab"), _("Next field, field before. It leaves a box of several lines too")),
            (_("Alt and the underlined letter"), _("Press a button, or go to a field")),
            CHOICES,
            TAKE_OUT,
            EXPLAIN,
            EDIT,
            PARTS,
            NEXT_TAB,
            TAB_BEFORE,
        ),
    ),
    "register": (
        _("In the register"),
        (
            (_("A code, such as / L I"), _("Taken, and on to the next pupil")),
            (_("C, then 1 or 2"), _("C1 or C2. For C alone, type C and Enter. J and Y wait for their number in the same way")),
            (_("Ctrl+click, Shift+Up, Shift+Down"), _("Choose several: a code is typed once for all of them, and undone at once")),
            (_("Ctrl+Up, Ctrl+Down, then Space"), _("Choose one farther off too, or no longer; Esc ends it")),
            FILL,
            NEXT_MISSING,
            CALL,
            (_("Delete"), _("Take out what is typed and not saved")),
            (UNDO.shown, _("Undo what is typed and not saved, a step at a time")),
            STEP_BACK,
            STEP_ON,
            TO_DATE,
            COMPARE,
        ),
    ),
    "requests": (
        _("In a request and the copy of a record"),
        (RECORD_STEP, WITHHOLD, GIVE, WITHHOLD_WORDS, MAY_STAND, (_("Alt+1 to Alt+5"), _("The steps of the copy")), *_ON_BOXES),
    ),
    "paper": (_("In a paper on the screen"), ((_("Page Up, Page Down"), _("Turn the page")), LARGER, SMALLER)),
}
"""As the help lists them. A pair of words is of keys that mean the same in any program, or of a range of keys."""


def row_of(row: Key | tuple[str, str]) -> tuple[str, str]:
    """What the help says of a key: which, and what it does."""
    return (row.shown, row.told) if isinstance(row, Key) else row
