"""What a person sees of Home: its lines, what they are about, and the groups they stand in."""

from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.cards import When
from pupil_desk.ui.pages.home.duty_card import DutyCard, DutyLine


def duty_lines(page: HomePage) -> list[DutyLine]:
    cards = [group.card for group in page.groups.values() if not group.isHidden() and group.card is not None]
    return [line for card in cards for line in card.lines if isinstance(line, DutyLine)]


def links(page: HomePage) -> list[LinkLine]:
    """Every line, with the things that lines count."""
    for line in duty_lines(page):
        card = line.parentWidget()
        assert isinstance(card, DutyCard)
        card.show_items(line, shown=True)
    cards = [group.card for group in page.groups.values() if group.card is not None]
    return [*(line for card in cards for line in card.lines), *page.to_check.findChildren(LinkLine)]


def lines(page: HomePage) -> list[str]:
    return [link.words for link in links(page)]


def titles(page: HomePage) -> list[str]:
    """What the lines are about, from top to bottom."""
    return [line.duty.name for line in duty_lines(page)]


def in_group(page: HomePage, when: When) -> list[str]:
    return [f"{duty.name}: {duty.words}" for duty in page.groups[when].duties]


def click(page: HomePage, start: str) -> None:
    next(link for link in links(page) if link.words.startswith(start)).click()
