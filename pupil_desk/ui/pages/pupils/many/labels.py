"""Labels on the screen: what stands on them, which sheet, where it begins, and the sheets as they will be printed."""

from collections.abc import Sequence

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.papers.labels import sheets
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.many import labels
from pupil_desk.services.many.labels import KINDS, LabelKind, Labels
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.pages.pupils.many.frame import LeftOutNote, PaperView
from pupil_desk.ui.style import tokens

_KEY = "many/labels"


class LabelsView(PaperView):
    """Choose what and on which sheet; what has no room or no address is named."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Labels"), "labels")
        self.kind = ChoiceBox([(kind.value, words) for kind, words in KINDS.items()])
        self.sheet = ChoiceBox([(sheet.key, labels.words_of(sheet)) for sheet in sheets()])
        self.start = ChoiceBox()
        self.left_out = LeftOutNote()
        self.kind.set_key(str(context.memory.get(f"{_KEY}/kind", LabelKind.NAME.value)))
        self.sheet.set_key(labels.sheet_of(str(context.memory.get(f"{_KEY}/sheet", ""))).key)
        self._offer_starts()
        self.add_field(_("&What stands on them"), self.kind)
        self.add_field(_("&Sheet of labels"), self.sheet, _("The packet says how many are on a sheet, and how large one is"))
        self.add_field(_("&Begin at label"), self.start, _("For a sheet that is used in part: count from the upper left, row by row"))
        self.options.addWidget(self.left_out)
        self.options.addSpacing(tokens.S)
        self.options.addWidget(label(_("When you print, leave the size at 100 %, or the labels will not meet the paper’s."), "hint"))
        self.options.addStretch(1)
        self.kind.activated.connect(lambda _place: self.make())
        self.sheet.activated.connect(lambda _place: self._other_sheet())
        self.start.activated.connect(lambda _place: self.make())

    def _offer_starts(self) -> None:
        current = self.start.key()
        self.start.clear()
        for place in range(1, labels.sheet_of(self.sheet.key()).count + 1):
            self.start.addItem(str(place), str(place))
        self.start.set_key(current if self.start.findData(current) >= 0 else "1")

    def _other_sheet(self) -> None:
        self._offer_starts()
        self.make()

    def begin(self, ids: Sequence[str]) -> None:
        self.ids = ids
        self.start.set_key("1")
        self.make()

    def make(self) -> None:
        if not self.ids:
            return
        self.context.memory.keep(f"{_KEY}/kind", self.kind.key())
        self.context.memory.keep(f"{_KEY}/sheet", self.sheet.key())
        desk, ids, kind = self.context.desk, self.ids, LabelKind(self.kind.key())
        sheet, start = labels.sheet_of(self.sheet.key()), int(self.start.key())
        guarded = guard(desk, ids, "labels")

        def work(_job: Job) -> tuple[Labels, bytes]:
            from pupil_desk.documents.papers.labels import build_labels

            pupil_labels = labels.labels(desk, ids, kind, sheet)
            return pupil_labels, build_labels(
                pupil_labels.labels, sheet, start=start, title=_("Labels"), stamp=guarded.stamp
            ) if pupil_labels.labels else b""

        self.run(work, lambda result: self._show(result, kind, guarded))

    def _show(self, result: tuple[Labels, bytes], kind: LabelKind, guard: Guard) -> None:
        pupil_labels, data = result
        self.left_out.say(pupil_labels.left_out)
        self.show_or_none(
            count_of(len(pupil_labels.labels), _("label"), _("labels")),
            data,
            lambda: labels.log_print(self.context.desk, pupil_labels.pupils, kind),
            guard=guard,
        )
