"""The school census as tables with DfE's item names, for keying, or for import into the school's own system. Not the message that is uploaded.

Source: Education Act 1996, section 537A; domain reference, 3. What is asked, of whom and in which term is data (``resources/census``).
"""

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis
from pupil_desk.domain.sharing.recipients import DFE
from pupil_desk.services.exports.census.files import CENSUS_TABLE
from pupil_desk.services.exports.census.selecting import select
from pupil_desk.services.exports.export import Export
from pupil_desk.services.formats.census import items_told

CENSUS = Export(
    name="school-census",
    title=_("School census"),
    recipient_key=DFE,
    law=_("Education Act 1996, section 537A"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To return the termly school census: the rows are keyed, or read into the school’s own system, which sends them."),
    items=items_told(),
    covers=_(
        "Everyone on roll on the last reference day on or before the day asked (status C, M or S), and those who were on roll in the days of the attendance told and are not on that day."
    ),
    stem="school-census",
    select=select,
    layouts=CENSUS_TABLE,
    spec=_(
        "School census, DfE’s item names as authorities load them (2024), and the Common Basic Data Set of May 2026; the sheet «columns» names the year of each. Checked against that structure, not certified."
    ),
    upload=True,
    same_day=True,
)

__all__ = ["CENSUS"]
