"""Who watches over data protection, and how to reach them: one place for every paper, screen and letter.

Source: Data (Use and Access) Act 2025, section 119; the day on which it takes effect was not known on 28 November 2026, so the unit sets it.
"""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.unit.settings import UnitSettings

PAGE = "https://ico.org.uk/make-a-complaint"
PHONE = "0303 123 1113"
"""Those of the Information Commissioner’s Office, checked 2026-11-28; no others are announced for the Commission."""


@dataclass(frozen=True, slots=True)
class Regulator:
    """Whom a complaint goes to after the unit: the name as papers print it, the short form, and where to turn."""

    name: str
    short: str
    page: str = PAGE
    phone: str = PHONE


def regulator_on(settings: UnitSettings, day: date) -> Regulator:
    """The regulator on a day: the Information Commission from the day that the unit has set, the Commissioner before it."""
    since = settings.commission_since
    code = codelist("regulator").codes["commission" if since is not None and since <= day else "commissioner"]
    return Regulator(code.label, code.category)
