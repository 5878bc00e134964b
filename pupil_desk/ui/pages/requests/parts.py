"""The tabs of a case that other work brings, in order: they stand between the letters and what has happened. One line each."""

from pupil_desk.ui.pages.requests.part import CasePart


def parts() -> tuple[type[CasePart], ...]:
    """The further tabs, imported when the page is made."""
    from pupil_desk.ui.pages.requests.pack import CasePackPart

    return (CasePackPart,)
