"""What somebody sits down for, and how what they press is called: by the words on the screen."""

import re
from collections.abc import Sequence
from typing import Any

from tests.monkey.chance import OUT

ABOUT_A_PUPIL = "a pupil"
_PARTS = (
    "Details",
    "Contacts",
    "Stays",
    "Other schools",
    "School years",
    "Timetables",
    "Absence",
    "Leave",
    "Placements",
    "Agreed places",
    "Transport",
    "Needs and care",
    "Health",
    "Plans",
    "Suspensions",
    "Suspensions",
    "Incidents",
    "Accidents",
    "Assessments",
    "Exams",
    "Learning",
    "Destinations",
    "Notes",
    "Papers kept",
    "Protections",
    "Consents",
)
PLACES: tuple[tuple[str, str, str], ...] = (
    *(("Pupils", "", "New pupil"),) * 3,
    *(("Pupils", "", "Choose several"),) * 3,
    *((ABOUT_A_PUPIL, part, "Add") for part in _PARTS),
    *((ABOUT_A_PUPIL, part, "") for part in _PARTS),
    *((ABOUT_A_PUPIL, "", "More"),) * 10,
    *(("Incidents", "", "New incident"),) * 3,
    ("Incidents", "", "More"),
    ("Incidents", "", ""),
    *(("Safeguarding", "", "Write a concern"),) * 4,
    ("Safeguarding", "", ""),
    *(("Sharing", "One pupil", ""),) * 3,
    ("Sharing", "Answers", ""),
    *(("Consents", "One pupil", ""),) * 3,
    *(("Consents", "Class or trip", ""),) * 2,
    ("Consents", "", "New trip"),
    ("Consents", "Types", ""),
    *(("Requests", "", "New request"),) * 3,
    *(("Requests", "", ""),) * 3,
    *(("Exports", "Make an export", "Prepare it"),) * 8,
    ("Exports", "One pupil", ""),
    ("Exports", "Our own exports", ""),
    ("Exports", "Exports made", ""),
    *(("Import", "", "Choose a file"),) * 6,
    ("Data protection", "Told", ""),
    *(("Data protection", "Breaches", ""),) * 2,
    *(("Data protection", "Keeping and erasing", ""),) * 6,
    *(("Schools", "", ""),) * 2,
    ("Schools", "", "Make the week’s files"),
    ("Providers", "Contacts", ""),
    *(("Providers", "Checks", ""),) * 2,
    ("Providers", "Sessions", ""),
    *(("Transport", "", "New route"),) * 2,
    ("Transport", "", ""),
    *(("Changes", "Recent changes", ""),) * 2,
    ("Changes", "Recycle bin", ""),
    ("Changes", "Files read in", ""),
    *(("Backup", "", "Make a backup"),) * 4,
    *(("Backup", "", ""),) * 2,
    ("Users", "", "Add a user"),
    ("Settings", "", ""),
    *(("Register", "", "Fill present"),) * 2,
    ("Register", "", ""),
    *(("Notices", "To give", "Record as given"),) * 3,
    ("Forms", "1 To print", ""),
    ("Forms", "3 To confirm", ""),
    ("Forms", "4 Not back", ""),
    ("Check records", "", "Open the field"),
    ("Figures", "", ""),
    ("Home", "", ""),
)
"""A page or a pupil, then a tab or a part of the record, then how what is pressed there begins; nothing for whatever can be pressed."""

_BEGINS = (
    "Add",
    "New",
    "Record",
    "Write",
    "Give",
    "Set",
    "Propose",
    "Report",
    "Prepare",
    "Make",
    "Merge",
    "Take",
    "Strike",
    "Answer",
    "Agree",
)
_LOOKS = (
    "Filter",
    "Saved filters",
    "Go to",
    "Sharing choices",
    "Notices",
    "Print",
    "New pupil",
    "Choose several",
    "Larger",
    "Smaller",
    "Page",
    "Next page",
    "Today",
    "Next day",
    "Day or week",
    "As wide",
    "Save as",
    "Open the",
    "Look",
    "Find",
)
NO_SAVE = ("New", "Print", "Sheets", "Transport", "Prepare", "Look", "Open")  # primary buttons of a page that save no form
REFUSES = re.compile(r"^(Cancel|No\b|Stay|Keep|Back|Not |Go back|Leave it|Discard)")
WRONG = re.compile(r"^“?(.+?)”? (?:is|cannot|must|has|are) (?:missing|not|be|no)\b")  # what a form says of a field
NEVER = frozenset({*OUT, "Find", "More", "Columns", "Update from a stick…", "Recovery code…", "Choose a file for the unit…"})


def weight(button: Sequence[Any]) -> float:
    """How often a button is pressed by who has come to do something."""
    if button[3].startswith(_LOOKS):
        return 0.2
    return 4 if button[3].startswith(_BEGINS) else 2 if button[4] in ("primary", "danger") or button[3].endswith("…") else 1
