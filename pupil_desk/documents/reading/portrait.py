"""A photograph of a pupil from outside, made small: drawn anew in the child process, so that nothing but the picture is kept."""

from io import BytesIO

from pupil_desk.basics.apart.reader import apart
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.reading.paper_content import Media, content_of

_WIDE, _TALL = 480, 600  # dots: what a card shows at 250 %, and a first aider's paper needs
_QUALITY = 85


@apart("photograph", raises=(NotKept,), refuse=NotKept.by)
def portrait(data: bytes) -> bytes:
    """A JPEG of at most 480 by 600 dots from a JPEG or PNG, upright, over white, and without anything that stood beside the picture. Raises NotKept."""
    from PIL import Image, ImageOps

    content = content_of(data)  # bounded: whole, of one kind, of no more dots than are drawn
    if content.media not in (Media.JPEG, Media.PNG):
        raise NotKept("no_photograph")
    try:
        with Image.open(BytesIO(content.data), formats=("JPEG", "PNG")) as picture:
            picture.draft("RGB", (2 * _WIDE, 2 * _TALL))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:  # any other ends the child, and is told as one that could not be read
        raise NotKept("bad_picture") from error
    upright.thumbnail((_WIDE, _TALL))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    kept = BytesIO()
    plain.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()
