"""Work that is done at once and told of only when a test asks: what a person does meanwhile."""

from collections.abc import Callable

from pupil_desk.ui.kit.jobs import ImmediateJobs, Job


class LateJobs(ImmediateJobs):
    """Keeps each outcome until ``tell``."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[tuple[Job, object]] = []

    def _submit[T](self, job: Job, work: Callable[[Job], T]) -> None:
        self.late.append((job, work(job)))

    def tell(self, place: int) -> None:
        """Tell of the work that was asked for in that place, from 0."""
        job, outcome = self.late[place]
        job._finished.emit(job, outcome)
