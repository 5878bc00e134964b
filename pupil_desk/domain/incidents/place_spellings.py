"""Where incidents happen, as people write it: two spellings of one place are one in figures and in what is offered."""

from pupil_desk.basics.text import fold


def place_key(place: str) -> str:
    """A place without what tells two spellings of it apart: «Hall» and «the hall» are one."""
    return fold(place).removeprefix("the ").strip()
