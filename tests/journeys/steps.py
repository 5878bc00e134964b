"""What more than one journey does: the first start, a file read in, a sign-in."""

from tests.journeys.screen import Screen

HELEN, PASSWORD = "Helen Ellis", "four plain short words"


def first_run(screen: Screen) -> str:
    """A unit with its first user; returns the recovery code, typed back."""
    screen.sees("Welcome to Pupil Desk")
    screen.shot("01-welcome")
    screen.click("Set up a unit")
    screen.sees("Name of the unit")
    for text in ("Larkfield Education Support Centre", "919", "1100", HELEN, PASSWORD):
        screen.type(text, "Tab")
    screen.type(PASSWORD)
    screen.shot("02-new-unit")
    screen.key("Return")
    screen.sees("Keep this recovery code")
    screen.shot("03-recovery-code")
    return type_back(screen)


def type_back(screen: Screen) -> str:
    code = next(text for text in screen.ask("texts") if text.count("-") == 6)
    groups = code.split("-")
    screen.fill("Type the second group, from the paper", groups[1])
    screen.fill("Type the last group, from the paper", groups[-1])
    screen.key("Return")
    screen.sees("What needs doing")
    return code


def import_file(screen: Screen, name: str, text: str, verb: str, shot: str) -> None:
    source = screen.folder / name
    source.write_text(text, encoding="utf-8")
    screen.click("Import", row=True)
    screen.click("Choose a file…")
    screen.path(source)
    screen.sees(verb)
    screen.shot(shot)
    screen.click(verb)


def sign_in(screen: Screen, name: str, password: str) -> None:
    screen.sees("Your &password")
    screen.fill("Your name", name)
    screen.fill("Your password", password)
    screen.key("Return")


def colleague(screen: Screen, name: str, role: str, password: str) -> None:
    """A user of that role is let in, signs in, and chooses a password; the window is theirs then."""
    screen.click("Users", row=True)
    screen.click("Add a user…")
    screen.sees("The name they will sign in with.")
    screen.type(name, "Return")
    screen.click(role)
    screen.sees(f"Give this to {name}")
    first = next(text for text in screen.ask("texts") if text.count("-") == 4)
    screen.click("I have noted it")
    screen.sees("Has a password to change")
    screen.key("ctrl+l")
    sign_in(screen, name, first)
    screen.sees("Choose your own password")
    screen.fill("The password you were given", first)
    screen.fill("Your new password", password)
    screen.fill("The new password again", password)
    screen.key("Return")
    screen.sees("What needs doing")


def open_later(screen: Screen) -> None:
    """On Home what is later, or has no day."""
    screen.sees("Later, or without a day")
    screen.click(next(text for text in screen.ask("texts") if text.startswith("Later, or without a day")))
