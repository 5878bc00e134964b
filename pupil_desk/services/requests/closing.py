"""What else may forbid a case to be answered or closed: each says why in a plain sentence, or nothing."""

from collections.abc import Callable

from pupil_desk.services.desk import Desk

type Hindrance = Callable[[Desk, str], str | None]
"""Asked with the case's identity. The sentence says what is still to be done."""


def hindrances() -> tuple[Hindrance, ...]:
    """All that are asked, in order. Imported when they are first asked: what a copy is made of is read for that alone."""
    from pupil_desk.services.packs.closing import may_close

    return (may_close,)


def hindered(desk: Desk, case_id: str) -> str | None:
    """The first reason why a case may not be answered or closed yet; None where there is none."""
    return next((reason for hindrance in hindrances() if (reason := hindrance(desk, case_id)) is not None), None)
