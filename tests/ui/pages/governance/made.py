"""Ways to read the page of data protection."""

from collections.abc import Callable
from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.ui.pages.governance import DataProtectionPage

type Open = Callable[..., DataProtectionPage]
BESIDE_THE_RAIL = 996  # what a window of 1180 leaves a page
LONG_AGO = Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23))


def said(page: DataProtectionPage) -> str:
    return page.context.banner.words
