"""Forms with their codes, from whichever page they are printed: made, seen, and on file from the moment they went to the printer.

Every form for families goes this way, so that each can be scanned and read again.
"""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import Guard
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.printing import Made
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.left_out import none_for

type Show = Callable[[str, bytes, Callable[[], object], Guard], None]
"""Title, PDF, what is done once it was printed, and who in it is protected."""


def make_forms(
    owner: QWidget, context: Context, wanted: Sequence[tuple[str, Sequence[Pupil]]], show: Show, *, variant: Variant = Variant.STANDARD
) -> None:
    """The forms of these names for these pupils, in one print; who gets none is said, and ``show`` is not called where nobody gets one."""
    desk = context.desk
    if not any(pupils for _name, pupils in wanted):
        context.banner.note(_("Nobody is left to ask: there is no form to print."))
        return

    def work(job: Job) -> tuple[Made, Guard, bytes]:
        made = printing.together(printing.made(desk, name, pupils, variant=variant, step=job.step) for name, pupils in wanted)
        held = printing.guard_of(desk, made.forms)
        return made, held, printing.print_file(made.forms, held) if made.forms else b""

    def done(came: tuple[Made, Guard, bytes]) -> None:
        made, held, data = came
        if made.forms:
            show(forms_words(made), data, lambda: context.news.tell(printing.printed(desk, made.forms)), held)
        if made.left_out or not made.forms:
            context.banner.note(left_out_words(made))

    context.jobs.run(owner, work, done, title=_("Making the forms"))


def forms_words(made: Made) -> str:
    """«3 forms for 2 pupils»."""
    pupils = len({one.form.pupil.id for one in made.forms})
    return _("{forms} for {pupils}").format(forms=count_of(len(made.forms), _("form"), _("forms")), pupils=count_of(pupils, _("pupil"), _("pupils")))


def left_out_words(made: Made) -> str:
    """Who gets no form, and why; the first few by name."""
    words = _("No form for: {who}.") if made.forms else _("No form can be printed: {who}.")
    return words.format(who=none_for(made.left_out))
