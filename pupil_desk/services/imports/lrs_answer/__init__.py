"""The Learning Records Service's answer: the numbers it gave, what a person has to choose, what it refused, and learning it knows of."""

from pupil_desk.services.imports.lrs_answer.kind import LRS_ANSWER

__all__ = ["LRS_ANSWER"]
