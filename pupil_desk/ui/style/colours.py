"""The colours, by what they are for. Every pair of text and ground keeps 4.5:1 (WCAG 2.2, 1.4.3); a test measures it."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette

READABLE = 4.5  # least contrast of words and their ground, WCAG 2.2, 1.4.3
SEEN = 3.0  # of an edge or a sign, 1.4.11

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme, as #rrggbb."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    disabled: str  # what cannot be used now, and in high contrast its edge too
    line: str
    disabled_line: str
    edge: str
    scroll: str  # the handle of a bar that scrolls: seen, but no louder than the words beside it
    frame: str  # around what stands out by its tone, as good_frame and its like: seen only where tones are not, in high contrast
    accent: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    focus: str
    focus_chosen: str  # around a line that is chosen
    good: str
    good_soft: str
    good_frame: str
    check: str
    check_soft: str
    check_frame: str
    bad: str
    bad_soft: str
    bad_frame: str
    training: str
    on_training: str
    row: str


LIGHT = Colours(
    window="#f3f4f6", surface="#ffffff", raised="#f8f9fb", text="#1a1f26", muted="#55606e", disabled="#55606e", line="#d9dde3",
    disabled_line="#d9dde3", edge="#626c78", scroll="#828c98", frame="#ffffff",
    accent="#0b5c6f", on_accent="#ffffff", accent_soft="#dcedf1", on_accent_soft="#073f4d", focus="#b35900", focus_chosen="#b35900",
    good="#1a6334", good_soft="#e3f3e7", good_frame="#e3f3e7", check="#7a4b00", check_soft="#fdf1d8", check_frame="#fdf1d8",
    bad="#a3231c", bad_soft="#fce8e6", bad_frame="#fce8e6",
    training="#5b2a86", on_training="#ffffff", row="#f6f8f9",
)  # fmt: skip
DARK = Colours(
    window="#11151a", surface="#1d232a", raised="#272e37", text="#eceff2", muted="#adb7c2", disabled="#a9b3be", line="#3b444f",
    disabled_line="#3b444f", edge="#8d98a4", scroll="#77828e", frame="#343d47",  # tones so dark lie too near each other to be told apart without a line
    accent="#7cc7d8", on_accent="#0a2229", accent_soft="#214c58", on_accent_soft="#e3f5f9", focus="#f2a65a", focus_chosen="#f2a65a",
    good="#86d6a0", good_soft="#1c3627", good_frame="#1c3627", check="#f0c674", check_soft="#3b331d", check_frame="#3b331d",
    bad="#ff9d95", bad_soft="#472321", bad_frame="#472321",
    training="#43285f", on_training="#eadcfa", row="#222931",
)  # fmt: skip


def of_system(palette: QPalette) -> Colours:
    """High contrast: only colours that the person's own scheme gives, and none of ours.

    Where the colour of what is chosen cannot be read as a word, or seen as a frame, on the scheme's ground, as blue on
    black, words and frames take the text's colour.
    """

    def role(name: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, name).name()

    window, text, base = role(Role.Window), role(Role.WindowText), role(Role.Base)
    selected, on_selected = role(Role.Highlight), role(Role.HighlightedText)
    stands_out = min(contrast(selected, window), contrast(selected, base), contrast(on_selected, selected)) >= READABLE
    disabled = dict.fromkeys(("disabled", "disabled_line"), palette.color(QPalette.ColorGroup.Disabled, Role.WindowText).name())
    by_default = dict.fromkeys((field.name for field in fields(Colours)), text)
    grounds = dict.fromkeys(("good_soft", "check_soft", "bad_soft", "on_training"), window)
    marked = {"accent": selected, "on_accent": on_selected, "focus": selected} if stands_out else {"on_accent": window}
    pressed = role(Role.ButtonText)  # around a line that is chosen, a ring in another colour than that of what is chosen is told from it
    if pressed not in (text, selected) and min(contrast(pressed, ground) for ground in (window, base)) >= READABLE:
        marked["focus"] = pressed
    soft = {"accent_soft": selected, "on_accent_soft": on_selected}
    focus = marked.get("focus", text)
    soft["focus_chosen"] = focus if contrast(focus, selected) >= SEEN else on_selected
    return Colours(
        **{**by_default, **disabled, **grounds, **marked, **soft, "window": window, "surface": base, "raised": window, "row": base}
    )


def contrast(first: str, second: str) -> float:
    """How far two colours are apart in lightness, 1 to 21, as WCAG 2.2 measures it."""
    light, dark = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_palette(colours: Colours) -> QPalette:
    """The scheme as Qt's palette, for what the template does not paint."""
    palette = QPalette()
    for role, name in (
        (Role.Window, colours.window),
        (Role.WindowText, colours.text),
        (Role.Base, colours.surface),
        (Role.AlternateBase, colours.row),
        (Role.Text, colours.text),
        (Role.Button, colours.raised),
        (Role.ButtonText, colours.text),
        (Role.BrightText, colours.bad),
        (Role.ToolTipBase, colours.raised),
        (Role.ToolTipText, colours.text),
        (Role.PlaceholderText, colours.muted),
        (Role.Link, colours.accent),
        (Role.LinkVisited, colours.accent),
        (Role.Highlight, colours.accent_soft),
        (Role.HighlightedText, colours.on_accent_soft),
        (Role.Light, colours.surface),
        (Role.Midlight, colours.raised),
        (Role.Mid, colours.line),
        (Role.Dark, colours.edge),
        (Role.Shadow, colours.edge),
        (Role.Accent, colours.accent),
    ):
        palette.setColor(role, QColor(name))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(Group.Disabled, role, QColor(colours.disabled))
    return palette
