"""The monkey: keys and clicks drawn from a seed, pressed through the display on every page, and what may never come of them.

``python -m tests.monkey --presses 100000 --seed 7`` (also ``dev.py torture --monkey``) takes a training unit of its own. It fails on a report of a
bug, on a row of the log of an act that cannot be taken back and was not asked about, on a person who can no longer sign in, on a control that
comes to lie under a pointer that stands still, and on a recorded fact that ``afterwards`` cannot take back or correct.

``eye`` runs inside the program (``tests/journeys/watch``) and only looks, at what is ``in_sight`` and in what ``places``; ``hands`` presses;
``chance`` draws what is pressed, and ``errands`` what somebody sits down for, of the ``purposes`` there are; ``acts`` says which acts need a
question; ``afterwards`` takes back what was recorded.
"""
