"""What the codes of a font stand for, as a PDF says it (ToUnicode), so that copied and spoken text is right."""

from collections.abc import Sequence


def unicode_map(pairs: Sequence[bytes], codes: bytes) -> bytes:
    """``pairs`` are a code and its text each, «<0041> <00C9>»; ``codes`` the first and the last code there may be."""
    blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    body = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n" + codes + b"\nendcodespacerange\n" + body + b"endcmap\n"
        b"CMapName currentdict/CMap defineresource pop\nend\nend\n"
    )
