"""What a spreadsheet has spoilt in a file that went through one: long numbers cut short, words turned into dates, signs of errors.

Excel alters a CSV that is opened with a double click and saved again (conventions reference, 5): ``1E2`` and long numbers become
1.00E+02, ``1-2``, ``SEP1`` and ``MAR2`` become dates. What was there before cannot be told. A telephone number that lost its zero
is known by the check of telephone numbers itself.
"""

import re

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import Problem

CODE = "spoilt_by_spreadsheet"

_LOOKED_AT = frozenset({Kind.NAME, Kind.TEXT, Kind.CODE, Kind.UPN, Kind.ULN, Kind.POSTCODE, Kind.PHONE, Kind.SCHOOL, Kind.AUTHORITY})
_SHORT_FORM = re.compile(r"[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}", re.IGNORECASE)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DAY = re.compile(
    rf"\d{{1,2}}[-/ ](?:{_MONTHS})(?:[-/ ]\d{{2,4}})?|(?:{_MONTHS})[-/ ]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}(?: 00:00:00)?|\d{{1,2}}/\d{{1,2}}/\d{{4}}",
    re.IGNORECASE,
)
_ERROR = re.compile(r"#{3,}|#(?:NAME\?|REF!|VALUE!|N/A|NUM!|DIV/0!|NULL!)")


def spoilt(item: Item, text: str) -> Problem | None:
    """The warning about a text that a spreadsheet seems to have changed; None if nothing looks so."""
    if item.kind not in _LOOKED_AT:
        return None
    plain = text.strip()
    if _ERROR.fullmatch(plain):
        reason = _("it is the sign that a spreadsheet shows for an error")
    elif _SHORT_FORM.fullmatch(plain):
        reason = _("a long number was cut short to the form 1.23E+09")
    elif _DAY.fullmatch(plain):
        reason = _("it was turned into a date")
    else:
        return None
    words = _("{label} looks as if a spreadsheet had changed it: {why}. Check it against where the file came from.")
    return Problem(item.name, CODE, words.format(label=item.label, why=reason), "warning")
