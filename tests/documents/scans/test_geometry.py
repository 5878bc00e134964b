"""How a page lies in a picture: what was laid down is found again."""

from math import cos, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.documents.scans.geometry import Lie, affine, even, tilted

POINTS = [(480.0, 730.0), (555.0, 730.0), (555.0, 805.0), (480.0, 805.0), (40.0, 70.0), (115.0, 70.0), (115.0, 145.0), (40.0, 145.0)]
SEEN = [(100.0, 400.0), (300.0, 200.0), (500.0, 700.0)]


def laid(turn: float, scale: float, x: float, y: float, shear: float = 0.0, tilt: float = 0.0) -> Lie:
    """A page turned by degrees, in dots to the point, with the picture's down for the page's up."""
    a, b = scale * cos(radians(turn)), scale * sin(radians(turn))
    return Lie((a, b + shear, x, b, -a, y, tilt, tilt / 2))


@settings(max_examples=60)
@given(st.floats(-180, 180), st.floats(1.2, 8.5), st.floats(-500, 3000), st.floats(-500, 3000), st.floats(-0.05, 0.05))
def test_six_numbers_are_found_again(turn: float, scale: float, x: float, y: float, shear: float) -> None:
    truth = laid(turn, scale, x, y, shear)
    found = affine([(point, truth.in_picture(point)) for point in POINTS])
    assert found is not None
    for point in SEEN:
        assert found.in_picture(point) == pytest.approx(truth.in_picture(point), abs=0.01)
    assert found.mirrored is False


@settings(max_examples=60)
@given(st.floats(-30, 30), st.floats(1.2, 8.5), st.floats(-0.0002, 0.0002))
def test_a_tilted_page_is_found_with_eight(turn: float, scale: float, tilt: float) -> None:
    truth = laid(turn, scale, 100, 2000, tilt=tilt)
    found = tilted([(point, truth.in_picture(point)) for point in POINTS])
    assert found is not None
    for point in SEEN:
        assert found.in_picture(point) == pytest.approx(truth.in_picture(point), abs=0.05)


@given(st.floats(-180, 180), st.floats(1.2, 8.5))
def test_one_code_is_enough_for_four(turn: float, scale: float) -> None:
    truth = laid(turn, scale, 100, 2000)
    found = even([(point, truth.in_picture(point)) for point in POINTS[:4]])
    assert found is not None
    assert found.in_picture(SEEN[0]) == pytest.approx(truth.in_picture(SEEN[0]), abs=0.05)


def test_points_on_one_line_say_nothing() -> None:
    assert affine([((float(at), float(at)), (float(at), 2.0 * at)) for at in range(4)]) is None


@pytest.mark.parametrize(("turn", "quarters"), [(0, 0), (2, 0), (-40, 0), (90, 1), (180, 2), (-90, 3)])
def test_the_quarters_to_turn_and_how_it_lies_then(turn: float, quarters: int) -> None:
    lie = laid(turn, 2.0, 800, 900)
    assert lie.quarters == quarters
    point, width = lie.in_picture(SEEN[0]), 1000
    across, down = lie.quarter_turned(width).in_picture(SEEN[0])
    assert (across, down) == pytest.approx((point[1], width - point[0]))
    assert lie.scaled(0.5, 0.25).in_picture(SEEN[0]) == pytest.approx((point[0] / 2, point[1] / 4))
    turned = lie
    for _quarter in range(quarters):
        turned = turned.quarter_turned(width)
    assert turned.quarters == 0
