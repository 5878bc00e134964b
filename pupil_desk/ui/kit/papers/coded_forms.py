"""Forms with their codes, from whichever page they are printed: made, seen, and on file from the moment they went to the printer.

Every form for families goes this way, so that each can be scanned and read again.

Who gets none of the papers that were asked for, in words for the person at the screen. No widget.
"""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import Guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.printing import FormBatch
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job

_MOST_NAMED = 5


def none_for(left_out: Sequence[LeftOut]) -> str:
    """Each with the reason; the first few by name."""
    first = [_reason_line(left) for left in left_out[:_MOST_NAMED]]
    if further_count := len(left_out) - len(first):
        first.append(_("{count} more").format(count=further_count))
    return join_words(first)


def _reason_line(left: LeftOut) -> str:
    pupil_name = left.pupil.full_name
    name = _("{who}, for {pupil}").format(who=left.name, pupil=pupil_name) if left.name and left.name != pupil_name else pupil_name
    return _("{name} ({why})").format(name=name, why=left.reason)


type Show = Callable[[str, bytes, Callable[[], object], Guard], None]
"""Title, PDF, what is done once it was printed, and who in it is protected."""


def make_forms(
    owner: QWidget,
    context: Context,
    pupils_by_form: Sequence[tuple[str, Sequence[Pupil]]],
    show: Show,
    *,
    variant: Variant = Variant.STANDARD,
) -> None:
    """The forms of these names for these pupils, in one print; who gets none is said, and ``show`` is not called where nobody gets one."""
    desk = context.desk
    if not any(pupils for _name, pupils in pupils_by_form):
        context.banner.note(_("Nobody is left to ask: there is no form to print."))
        return

    def work(job: Job) -> tuple[FormBatch, Guard, bytes]:
        forms_made = printing.together(
            printing.make_forms(desk, name, pupils, variant=variant, progress=job.step) for name, pupils in pupils_by_form
        )
        paper_guard = printing.guard_of(desk, forms_made.forms)
        return forms_made, paper_guard, printing.print_file(forms_made.forms, paper_guard) if forms_made.forms else b""

    def show_result(result: tuple[FormBatch, Guard, bytes]) -> None:
        forms_made, paper_guard, data = result
        if forms_made.forms:
            show(forms_words(forms_made), data, lambda: context.news.tell(printing.record_printed(desk, forms_made.forms)), paper_guard)
        if forms_made.left_out or forms_made.in_english or not forms_made.forms:
            context.banner.note(left_out_words(forms_made))

    context.jobs.run(owner, work, show_result, title=_("Making the forms"))


def forms_words(forms_made: FormBatch) -> str:
    """«3 forms for 2 pupils», «3 forms for 2 pupils, 1 with a page in another language»."""
    pupil_count = len({form.form.pupil.id for form in forms_made.forms})
    words = _("{forms} for {pupils}").format(
        forms=count_of(len(forms_made.forms), _("form"), _("forms")), pupils=count_of(pupil_count, _("pupil"), _("pupils"))
    )
    translated = sum(bool(form.form.leaf) for form in forms_made.forms)
    return _("{forms}, {count} with a page in another language").format(forms=words, count=translated) if translated else words


def left_out_words(forms_made: FormBatch) -> str:
    """Who gets no form, or one in English alone though another language is wished, and why; the first few by name."""
    words = _("No form for: {who}.") if forms_made.forms else _("No form can be printed: {who}.")
    sentences = [words.format(who=none_for(forms_made.left_out))] if forms_made.left_out or not forms_made.forms else []
    if forms_made.in_english:
        sentences.append(_("In English alone: {who}.").format(who=none_for(forms_made.in_english)))
    return " ".join(sentences)
