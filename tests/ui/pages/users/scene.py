"""What is done on the page of users, and who gets in then."""

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.pages.users import UsersPage
from tests.ui.pages.made import CLOCK

NEW = "five other plain words here"


def press(page: UsersPage, key: str) -> None:
    page.heading.button_of(key).click()


def signs_in(desk: Desk, name: str, password: str) -> str:
    """What happens when that person signs in to the file, after it was closed."""
    desk.vault.close()
    try:
        opened = units.sign_in(desk.vault.path, name=name, password=password, clock=CLOCK)
    except Exception as error:  # noqa: BLE001 - the kind of refusal is what is asked
        return type(error).__name__
    must = opened.user.must_change_password
    opened.vault.close()
    return "must change" if must else "in"
