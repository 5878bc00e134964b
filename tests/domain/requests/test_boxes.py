"""Boxes on a page: moved and sized within it, and what lies beneath them."""

from pupil_desk.domain.requests.boxes import LEAST_SIDE, WHOLE, PageArea, PaperBox


def area(left: int, top: int, right: int, bottom: int) -> PageArea:
    return PageArea(left=left, top=top, right=right, bottom=bottom)


def test_a_box_is_moved_and_sized_within_its_page() -> None:
    box = area(100, 200, 1100, 500)
    assert box.shifted(50, -50) == area(150, 150, 1150, 450)
    assert box.shifted(-500, -500) == area(0, 0, 1000, 300)
    assert box.shifted(WHOLE, WHOLE) == area(WHOLE - 1000, WHOLE - 300, WHOLE, WHOLE)
    assert box.resized(100, 50) == area(100, 200, 1200, 550)
    assert box.resized(-5000, -5000) == area(100, 200, 100 + LEAST_SIDE, 200 + LEAST_SIDE)
    assert box.resized(WHOLE, WHOLE) == area(100, 200, WHOLE, WHOLE)
    assert box.grown(150) == area(0, 50, 1250, 650)


def test_a_box_lies_on_its_page_and_can_be_seen() -> None:
    assert area(0, 0, WHOLE, WHOLE).is_on_page
    assert not area(-1, 0, 500, 500).is_on_page
    assert not area(0, 0, 500, WHOLE + 1).is_on_page
    assert not area(500, 0, 400, 500).is_on_page
    assert not area(0, 0, LEAST_SIDE - 1, 500).is_on_page


def test_a_word_lies_beneath_a_box_that_covers_nearly_all_of_it() -> None:
    word = area(1000, 1000, 2000, 1100)
    assert area(900, 900, 2100, 1200).hides(word)
    assert area(1000, 1000, 1900, 1100).hides(word)
    assert not area(1000, 1000, 1890, 1100).hides(word)
    assert not area(1000, 1050, 2000, 1100).hides(word), "half of each letter can be read"
    assert not area(0, 0, WHOLE, WHOLE).hides(area(5, 5, 5, 9)), "nothing has no place"


def test_two_areas_join_and_share() -> None:
    assert area(0, 0, 10, 10).joined_with(area(20, 5, 30, 40)) == area(0, 0, 30, 40)
    assert area(0, 0, 10, 10).shared_with(area(5, 5, 30, 40)) == 25
    assert area(0, 0, 10, 10).shared_with(area(20, 20, 30, 40)) == 0
    assert PaperBox().placed_at(area(1, 2, 3, 4)).area == area(1, 2, 3, 4)
