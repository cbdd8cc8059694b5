"""QR codes: level M, a quiet zone of four modules; tickets are text in the alphanumeric alphabet."""

from io import BytesIO
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
from qrcode.image.pure import PyPNGImage  # type: ignore[import-untyped]
from qrcode.main import QRCode  # type: ignore[import-untyped]
from qrcode.util import MODE_ALPHA_NUM, QRData  # type: ignore[import-untyped]

QUIET = 4


def png(text: str, *, scale: int) -> bytes:
    """Return a PNG, black on white, each module ``scale`` pixels wide; always the same bytes.

    Raises ValueError if a character is outside the alphanumeric alphabet.
    """
    stream = BytesIO()
    _drawn(text, scale).make_image(image_factory=PyPNGImage).save(stream)
    return stream.getvalue()


def svg_path(text: str) -> tuple[int, str]:
    """Return the side in modules, quiet zone included, and the ``d`` of one path.

    Stroke it one unit wide with ``shape-rendering="crispEdges"``; raises ValueError as ``png``.
    """
    return _path(_drawn(text, 1))


def link_path(address: str) -> tuple[int, str]:
    """Return the same for an address, which has small letters and so a larger code."""
    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=1, border=QUIET)
    code.add_data(address)
    return _path(code)


def _drawn(text: str, scale: int) -> QRCode:
    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=scale, border=QUIET)
    code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    return code


def _path(code: QRCode) -> tuple[int, str]:
    matrix = code.get_matrix()
    return len(matrix), "".join(_strokes(row, y) for y, row in enumerate(matrix))


def _strokes(row: list[bool], y: int) -> str:
    """Draw the dark runs of a row from left to right."""
    runs = [(dark, len(list(run))) for dark, run in groupby(row)]
    moves = "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs)
    return f"M0 {y}.5{moves}" if any(row) else ""
