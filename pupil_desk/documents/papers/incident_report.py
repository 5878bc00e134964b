"""The report to a parent about a pupil's part in an incident: prose that the office may edit, in the parts that there is something to say in."""

import re
from collections.abc import Collection, Mapping, Sequence

from pupil_desk.documents.blocks import Block, Heading, Keep, Para, Run, Spacer
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.papers.letters import minus_parts
from pupil_desk.documents.prose import NAME, Filling, blocks_of, kept_together

HAPPENED, LED_TO_IT, TRIED, DONE = "What happened", "What led to it", "What was tried first", "What was done"
NECESSARY, INJURY, AFTERWARDS = "Why it was necessary", "Injuries and first aid", "What was done afterwards"
"""The headings, as they stand in the prose, of parts that are left out where there is nothing to say in them."""
_ROOM = 3.5  # lines to sign in


def incident_report_story(
    prose: str, filling: Mapping[str, Filling], envelope: Envelope, *, signer: str, role: str, left_out: Collection[str] = ()
) -> list[Block]:
    """The letter as blocks: an account goes over the page where it is long, and neither a heading nor the signature stands alone. ``left_out`` are headings."""
    title, *body, closing = blocks_of(*_line_by_line(minus_parts(prose, left_out), filling))
    end: list[Block] = [closing, Spacer(_ROOM), Para([Run(signer, bold=True)]), Para(role)]
    *parts, last = kept_together(body, lambda block, _next: isinstance(block, Heading))
    return [*envelope.about(title), *parts, Keep([*(last.blocks if isinstance(last, Keep) else [last]), *end])]


def _line_by_line(prose: str, filling: Mapping[str, Filling]) -> tuple[str, dict[str, Filling]]:
    """A paragraph that is one name, and is filled with lines, is a paragraph for each line: what somebody wrote stays as they parted it."""
    parts, further = [], dict(filling)
    for part in re.split(r"\n\s*\n", prose.strip()):
        match = NAME.fullmatch(part.strip())
        value = filling[match[1]] if match else ""
        if match is None or not isinstance(value, str):
            parts.append(part)
            continue
        lines: Sequence[str] = [line for line in map(str.strip, value.splitlines()) if line]
        names = [f"{match[1]}_line_{number}" for number in range(len(lines))]
        further |= dict(zip(names, lines, strict=True))
        parts += [f"{{{name}}}" for name in names]
    return "\n\n".join(parts), further
