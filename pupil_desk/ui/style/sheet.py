"""The one template of the window. Widgets say what they are by the property ``look``; this says how that looks.

The colour of words is that of the palette, which knows those of what cannot be used and of what stands in an empty box; here it is named where it is another.
"""

from dataclasses import asdict
from string import Template

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.colours import Colours

_TEMPLATE = Template("""
* { outline: none; }
QMainWindow, QDialog { background: $window; }
QLabel { background: transparent; }
QToolTip { background: $raised; color: $text; border: ${hair}px solid $edge; padding: ${xs}px ${s}px; }

QLabel[look="title"] { font-size: ${head}pt; font-weight: bold; }
QLabel[look="subhead"] { font-size: ${subhead}pt; font-weight: bold; }
QLabel[look="label"] { font-weight: bold; }
QLabel[look="hint"], QLabel[look="understood"], QLabel[look="muted"] { color: $muted; font-size: ${small}pt; }
QLabel[look="problem"] { color: $bad; font-weight: bold; }
QLabel[look="check"] { color: $check; }

QFrame[look="card"], QWidget[look="card"] { background: $surface; border: ${hair}px solid $frame; border-radius: ${s}px; }
QFrame[look="rule"] { background: $line; border: none; max-height: ${hair}px; min-height: ${hair}px; }

QPushButton, QToolButton {
  background: $surface; border: ${hair}px solid $edge; border-radius: ${xs}px;
  padding: ${xs}px ${m}px; min-height: ${button}px; icon-size: ${icon}px; }
QPushButton:hover, QToolButton:hover { background: $accent_soft; color: $on_accent_soft; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border-color: $surface; } /* the ring is its edge then */
QPushButton:pressed, QToolButton:pressed { background: $raised; color: $text; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: transparent; border: ${hair}px solid $disabled_line; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[look="primary"]:hover { background: $accent; border-color: $text; }
QPushButton[look="primary"]:focus { border-color: $accent; }
QPushButton[look="primary"]:disabled { background: transparent; color: $disabled; border: ${hair}px solid $disabled_line; }
QPushButton[look="danger"] { color: $bad; border-color: $bad; font-weight: bold; }
QPushButton[look="danger"]:hover { background: $bad_soft; color: $bad; }
QPushButton[look="danger"]:focus { border-color: $surface; }
QPushButton[look="link"] { background: transparent; border: none; color: $accent; text-align: left;
  text-decoration: underline; padding: ${less_v}px 0; min-height: ${target_least}px; }
QPushButton[look="link"]:hover { color: $text; }
QPushButton[look="line"] { background: transparent; border: none; color: $accent; padding: 0; text-decoration: underline; min-height: ${least}px; }
QPushButton[look="line"]:hover { color: $text; }
QPushButton[look="fact"] { background: transparent; border: none; text-align: left; padding: 0; min-height: 0; }
QPushButton[look="fact"]:hover { color: $text; }
QPushButton[look="door"] { text-align: left; }
QPushButton[look="quiet"] { background: transparent; border: ${thin}px solid transparent; padding: ${xs}px; }
QPushButton[look="quiet"]:hover { background: $accent_soft; color: $on_accent_soft; }
QPushButton[look="foot"] { background: transparent; border: ${thin}px solid transparent; text-align: left;
  padding: ${xs}px ${s}px; margin: 0 0 0 ${s}px; }
QPushButton[look="head"] { text-align: left; padding: ${xs}px ${m}px; margin: 0 ${s}px; color: $muted; }
QPushButton[look="head-beside"] { text-align: left; padding: ${thin}px ${m}px; margin: 0 0 0 ${s}px; min-height: ${target_least}px; color: $muted; }
QPushButton[look="head"]:hover, QPushButton[look="head-beside"]:hover { background: $accent_soft; color: $on_accent_soft; }
QPushButton[look="foot-beside"] { background: transparent; border: ${thin}px solid transparent; padding: ${hair}px ${hair}px; min-height: ${target_least}px; }
QPushButton[look="foot-beside"]:hover { background: $accent_soft; color: $on_accent_soft; }
QPushButton[look="more"] { background: transparent; border: none; border-radius: ${xs}px; text-align: left; padding: 0 ${m}px 0 ${l}px; min-height: ${least}px; font-size: ${small}pt; color: $muted; }
QPushButton[look="more"]:hover { background: $accent_soft; color: $on_accent_soft; }
QPushButton[look="foot"]:hover { background: $accent_soft; color: $on_accent_soft; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; width: ${icon}px; } /* the button draws it itself, as large as the text */
QHeaderView::down-arrow, QHeaderView::up-arrow { width: ${mark}px; height: ${mark}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
  background: $surface; border: ${hair}px solid $edge; border-radius: ${xs}px;
  padding: ${xs}px ${s}px; min-height: ${button}px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit[look="problem"], QPlainTextEdit[look="problem"], QComboBox[look="problem"] { border: ${thin}px solid $bad; padding: ${less_v}px ${less_s}px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: $surface; }
QLineEdit[look="problem"]:focus, QComboBox[look="problem"]:focus { border-color: $surface; }
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox[readonly="true"] { background: transparent; border: ${hair}px solid $line; }
QLineEdit:read-only:focus, QComboBox[readonly="true"]:focus { border-color: transparent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: transparent; color: $disabled; border: ${hair}px dashed $disabled_line; }
QComboBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QAbstractItemView { background: $surface; border: ${hair}px solid $edge;
  selection-background-color: $accent_soft; selection-color: $on_accent_soft; }
QComboBox { combobox-popup: 0; } /* the list stands beneath its box, not over it */
QComboBox::drop-down { border: none; width: ${drop}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView::item, QListView[look="popup"]::item { min-height: ${tall}px; padding: 0 ${s}px; }

QRadioButton, QCheckBox { spacing: ${s}px; padding: ${xs}px ${s}px ${xs}px 0; min-height: ${target_least}px; border: none; }
QRadioButton[look="bare"] { padding: ${xs}px 0; spacing: 0; } /* its words stand beside it */
QRadioButton:disabled, QCheckBox:disabled { color: $disabled; }
QRadioButton::indicator, QCheckBox::indicator { width: ${mark}px; height: ${mark}px; border: ${hair}px solid $edge; background: $surface; }
QCheckBox::indicator { border-radius: ${thin}px; }
QRadioButton::indicator { border-radius: ${mark_round}px; }
QRadioButton::indicator:hover, QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QRadioButton::indicator:checked { width: ${mark_dot}px; height: ${mark_dot}px; border: ${mark_ring}px solid $accent; }
QRadioButton::indicator:checked:disabled { border-color: $disabled; }
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }

QTableView { background: $surface; alternate-background-color: $row; border: ${hair}px solid $frame; padding: ${hair}px; border-radius: ${xs}px; gridline-color: transparent; }
QTableView::item { padding: 0 ${s}px; border: none; }
QTableView::item:selected { background: $accent_soft; color: $on_accent_soft; }
QTableView::item:hover { background: $raised; color: $text; }
QTableView::item:selected:hover { background: $accent_soft; color: $on_accent_soft; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section { background: $raised; border: none; border-bottom: ${hair}px solid $line;
  padding: ${xs}px ${less_h}px; min-height: ${button}px; font-weight: bold; font-size: ${small}pt; color: $muted; text-align: left; }
QTableView[look="grid"] QHeaderView::section:horizontal { padding: ${xs}px ${thin}px; text-align: center; }
QTableView[look="grid"] QTableCornerButton::section { background: $raised; border: none; border-bottom: ${hair}px solid $line; }
QTableView[look="grid"] QHeaderView::section:vertical { border-bottom: ${hair}px solid $line; border-right: ${hair}px solid $line; font-weight: normal; font-size: ${body}pt; color: $text; min-height: 0; }
QHeaderView::section:hover { background: $accent_soft; color: $on_accent_soft; }

QListWidget { background: $surface; border: ${hair}px solid $frame; border-radius: ${xs}px; }
QListWidget::item { padding: ${xs}px ${s}px; min-height: ${tall}px; }
QListWidget#parts { background: transparent; border: none; border-radius: 0; padding: 0 ${s}px 0 0; }
QListWidget#parts::item { border-radius: ${xs}px; padding: ${hair}px ${s}px; border: ${thin}px solid transparent; border-left: ${xs}px solid transparent; border-top-left-radius: 0; border-bottom-left-radius: 0; }
QListWidget#parts::item:hover { background: $raised; color: $text; }
QListWidget#parts::item:selected, QListWidget#parts::item:selected:hover { background: $accent_soft; color: $on_accent_soft; border: ${thin}px solid transparent; border-left: ${xs}px solid $accent; }
QListWidget#rail { background: transparent; border: none; border-radius: 0; padding: 0 ${s}px; }
QWidget#rail-frame { background: $raised; border-right: ${hair}px solid $line; }
QWidget#rail-frame[look="bar"] { border-right: none; border-bottom: ${hair}px solid $line; }
QListWidget#rail::item { border-radius: ${xs}px; padding: ${rail_gap}px ${s}px; min-height: ${rail_row}px; border: ${thin}px solid transparent; border-left: ${xs}px solid transparent; border-top-left-radius: 0; border-bottom-left-radius: 0; }
QListWidget#rail::item:hover { background: $surface; color: $text; border: ${thin}px solid $line; border-left: ${xs}px solid $line; }
QListWidget#rail::item:selected, QListWidget#rail::item:selected:hover { background: $accent_soft; color: $on_accent_soft;
  border: ${thin}px solid transparent; border-left: ${xs}px solid $accent; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: ${xs}px; margin: ${thin}px; min-height: ${xxl}px; min-width: ${xxl}px; }
QScrollBar::handle:hover { background: $text; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame[look="banner-success"] { background: $good_soft; border: ${hair}px solid $good_frame; border-left: ${xs}px solid $good; border-radius: ${xs}px; border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame[look="banner-problem"] { background: $bad_soft; border: ${hair}px solid $bad_frame; border-left: ${xs}px solid $bad; border-radius: ${xs}px; border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame[look="banner-note"] { background: $check_soft; border: ${hair}px solid $check_frame; border-left: ${xs}px solid $check; border-radius: ${xs}px; border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame[look="badge-good"] { background: $good_soft; border: ${hair}px solid $good_frame; border-radius: ${s}px; }
QFrame[look="badge-check"] { background: $check_soft; border: ${hair}px solid $check_frame; border-radius: ${s}px; }
QFrame[look="badge-bad"] { background: $bad_soft; border: ${hair}px solid $bad_frame; border-radius: ${s}px; }
QFrame[look="summary"] { background: $surface; border: ${thin}px solid $bad; border-radius: ${xs}px; }
QFrame[look="summary-check"] { background: $check_soft; border: ${thin}px solid $check; border-radius: ${xs}px; }
QLabel#training { background: $training; color: $on_training; font-weight: bold; padding: ${xs}px ${l}px; }

QStatusBar { background: $raised; border-top: ${hair}px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; font-size: ${small}pt; padding: ${thin}px ${s}px; }
QFrame#banner QLabel { color: $text; font-size: ${body}pt; padding: 0; }
QFrame#progress QLabel { padding: ${thin}px 0; }
QStatusBar QLabel[look="urgent"] { color: $bad; font-weight: bold; }
QProgressBar { background: $line; border: none; border-radius: ${xs}px; min-height: ${s}px; max-height: ${s}px; }
QProgressBar::chunk { background: $accent; border-radius: ${xs}px; }
QMenu { background: $surface; border: ${hair}px solid $edge; padding: ${xs}px; icon-size: ${icon}px; }
QMenu::item { padding: ${xs}px ${xl}px; min-height: ${tall}px; border-radius: ${xs}px; }
QMenu[look="pages"]::item { padding: ${thin}px ${xl}px; min-height: 0; }
QMenu::item:selected { background: $accent_soft; color: $on_accent_soft; }
QMenu::item:disabled { color: $disabled; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $accent_soft; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTabWidget::pane { border: none; }
QTabBar { border-bottom: ${hair}px solid $line; qproperty-drawBase: 0; } /* beneath the tabs: Qt draws its own base above them */
QTabBar::tab { background: transparent; padding: ${xs}px ${s}px; min-height: ${button}px; border: ${thin}px solid transparent; border-bottom: ${xs}px solid transparent; }
QTabBar::tab:selected { font-weight: bold; border-bottom: ${xs}px solid $accent; }
QTabBar::tab:hover { background: $accent_soft; color: $on_accent_soft; }
QTabBar::scroller { width: ${scroller}px; }
QLineEdit QToolButton { padding: 0; min-height: 0; background: transparent; border: none; }
QToolButton[look="fold"] { background: transparent; border: none; border-radius: ${xs}px; padding: ${thin}px ${xs}px; min-height: 0; }
QToolButton[look="fold"]:hover { background: $accent_soft; color: $on_accent_soft; }
QTabBar QToolButton { padding: 0; min-height: 0; background: $surface; border: ${hair}px solid $edge; }
QTextBrowser[look="prose"] { background: transparent; border: ${thin}px solid transparent; border-radius: ${xs}px; padding: 0; }
""")


def style_sheet(colours: Colours, percent: int) -> str:
    """The template filled with a scheme at a text size."""
    text = tokens.scaled(tokens.TARGET, percent)
    mark = tokens.scaled(tokens.L / 4, percent) * 4  # of radio buttons and tick boxes; a quarter of it is the ring
    sizes: dict[str, float] = {
        "hair": tokens.HAIR, "thin": tokens.THIN, "xs": tokens.XS, "s": tokens.S, "m": tokens.M, "l": tokens.L,
        "xl": tokens.XL, "xxl": tokens.XXL, "bar": tokens.M, "scroller": 2 * tokens.scaled(tokens.XL, percent), "icon": tokens.scaled(tokens.ICON, percent),
        "less_v": tokens.XS - tokens.HAIR, "less_h": tokens.M - tokens.HAIR, "less_s": tokens.S - tokens.HAIR,
        "button": text - 2 * tokens.XS - 2 * tokens.HAIR, "tall": text - tokens.S, "rail_row": text - 2 * tokens.XS, "rail_gap": tokens.THIN,
        "drop": tokens.scaled(tokens.XL, percent), "mark": mark, "mark_dot": mark // 2, "mark_ring": mark // 4 + tokens.HAIR, "mark_round": mark // 2 + tokens.HAIR,
        "least": tokens.TARGET_LEAST, "target_least": max(tokens.TARGET_LEAST, text - tokens.S),
        "body": tokens.TEXT * percent / 100, "small": tokens.TEXT_SMALL * percent / 100, "subhead": tokens.TEXT_SUBHEAD * percent / 100,
        "head": tokens.TEXT_HEAD * percent / 100,
    }  # fmt: skip
    return _TEMPLATE.substitute(asdict(colours), **sizes)
