"""The ticket's code is drawn, spoilt as phones and printers do, and read by another library."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw, ImageFilter

from ticketing.foundation import qr
from ticketing.tickets.sign import TicketCode, sign, verify

Scene = Callable[[Image.Image], Image.Image]
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {3: PRIVATE.public_key()}
CODE = TicketCode(key=3, performance=20260523, ticket=2**53 - 5, issue=1)
TEXT = sign(CODE, PRIVATE)


def drawn(text: str = TEXT, scale: int = 8) -> Image.Image:
    return Image.open(BytesIO(qr.png(text, scale=scale))).convert("L")


def seen(image: Image.Image) -> str | None:
    barcode = zxingcpp.read_barcode(image)
    return barcode.text if barcode else None


def turned(image: Image.Image, angle: int) -> Image.Image:
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def small(image: Image.Image) -> Image.Image:
    return image.resize((148, 148), Image.Resampling.BICUBIC)


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(3))


def pale(image: Image.Image) -> Image.Image:
    return image.point([120 + value * 40 // 255 for value in range(256)])


def inverted(image: Image.Image) -> Image.Image:
    return image.point([255 - value for value in range(256)])


def squeezed(image: Image.Image, quality: int = 2) -> Image.Image:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(stream)


def stained(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).ellipse((140, 140, 190, 190), fill=0)
    return image


def carelessly_photographed(image: Image.Image) -> Image.Image:
    soft = turned(image, 17).resize((220, 220)).filter(ImageFilter.GaussianBlur(0.7))
    return squeezed(pale(soft), quality=40)


def test_the_code_is_version_5_at_level_m() -> None:
    barcode = zxingcpp.read_barcode(drawn())
    assert barcode is not None
    assert (barcode.format, barcode.ec_level) == (zxingcpp.BarcodeFormat.QRCode, "M")
    assert drawn(scale=1).size == (17 + 4 * 5 + 8, 17 + 4 * 5 + 8)


def test_the_longest_text_of_version_5_shows_that_the_mode_is_alphanumeric() -> None:
    assert drawn("Z" * 122, scale=1).width == 37 + 8
    assert drawn("Z" * 123, scale=1).width == 41 + 8


@pytest.mark.parametrize("scale", [1, 3, 8, 20])
def test_every_module_is_as_many_pixels_wide_as_asked(scale: int) -> None:
    image = drawn(scale=scale)
    assert image.width == image.height == 45 * scale
    assert image.tobytes() == drawn(scale=1).resize(image.size, Image.Resampling.NEAREST).tobytes()


def test_the_code_is_pure_black_on_white_with_four_white_modules_around() -> None:
    image = drawn()
    assert set(image.tobytes()) == {0, 255}
    assert inverted(image).getbbox() == (32, 32, 328, 328)


def test_the_same_text_gives_the_same_bytes_and_another_text_others() -> None:
    assert qr.png(TEXT, scale=8) == qr.png(TEXT, scale=8) != qr.png(TEXT[::-1], scale=8)


def test_a_hundred_codes_are_read_back_and_verify() -> None:
    for ticket in range(1, 101):
        code = TicketCode(key=3, performance=20260523, ticket=ticket**8, issue=ticket)
        assert verify(seen(drawn(sign(code, PRIVATE), scale=4)) or "", KEYS) == code


@pytest.mark.parametrize("angle", range(0, 360, 15))
def test_the_code_is_read_at_any_angle(angle: int) -> None:
    assert verify(seen(turned(drawn(), angle)) or "", KEYS) == CODE


@pytest.mark.parametrize(
    "spoilt", [small, blurred, pale, inverted, squeezed, stained, carelessly_photographed]
)
def test_the_code_is_read_though_spoilt(spoilt: Scene) -> None:
    assert verify(seen(spoilt(drawn())) or "", KEYS) == CODE


def test_a_code_that_nobody_can_see_is_not_read() -> None:
    assert seen(drawn().filter(ImageFilter.GaussianBlur(12))) is None


@pytest.mark.parametrize("text", ["ticket", "请", "A\nB", "A_B"])
def test_a_text_that_would_need_a_larger_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="can not be represented"):
        qr.png(text, scale=8)


def test_the_svg_path_strokes_the_same_modules_in_three_kilobytes() -> None:
    side, path = qr.svg_path(TEXT)
    canvas = Image.new("L", (side, side), 255)
    for y, moves in re.findall(r"M0 (\d+)\.5([mh\d ]+)", path):
        x = 0
        for stroke, length in re.findall(r"([mh])(\d+)", moves):
            canvas.paste(0 if stroke == "h" else 255, (x, int(y), x + int(length), int(y) + 1))
            x += int(length)
    assert canvas.tobytes() == drawn(scale=1).tobytes()
    assert len(path) < 3000
