"""Ushers' phones: real Chromiums with a camera that sees a film, and storage that outlives a restart."""

import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from conftest import CHROMIUM, FLAGS
from ticketing.foundation import qr

FAKE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
FRAMES = 30  # a second: so fast does Chromium show a film
SIZE = (640, 480)
SCREEN = "#dcdcdc"


@contextmanager
def phone(
    kind: BrowserType, folder: Path, film: Path | None = None, *, offline: bool = False
) -> Iterator[BrowserContext]:
    """Switch a phone on, and off at the end; the folder is its memory."""
    camera = [f"--use-file-for-fake-video-capture={film}"] if film else []
    context = kind.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0,
        args=[*FLAGS, *FAKE, *camera], locale="zh-CN", viewport={"width": 360, "height": 740},
        timezone_id="Europe/Lisbon",
    )  # fmt: skip
    context.set_offline(offline)
    yield context
    context.close()


def picture(code: str) -> Image.Image:
    """Return a code as a screen shows it: not quite black on not quite white, a little soft.

    Chromium's fake camera breaks blocks of a film that is harder than any lens would see it.
    """
    hard = Image.open(io.BytesIO(qr.png(code, scale=8))).convert("L")
    grey = hard.point(lambda light: 30 + light * 190 // 255).resize((270, 270))
    return grey.filter(ImageFilter.GaussianBlur(0.7)).convert("RGB")


def scene(code: str = "", *, glare: bool = False, cracks: bool = False) -> bytes:
    """Return one frame: a code on a phone that is held up in a dim room, or in the sun, or cracked."""
    frame = Image.new("RGB", SIZE, "#20282b")
    if code:
        frame.paste(Image.new("RGB", (290, 420), SCREEN), (175, 30))
        frame.paste(picture(code), (185, 100))
    if glare:
        frame = sunlit(frame)
    if cracks:
        frame = cracked(frame)
    stream = io.BytesIO()
    frame.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def sunlit(frame: Image.Image) -> Image.Image:
    """Wash the contrast out and lay a bright reflection over a corner of the screen."""
    pale = ImageEnhance.Brightness(ImageEnhance.Contrast(frame).enhance(0.45)).enhance(1.5)
    glow = Image.new("L", SIZE, 0)
    ImageDraw.Draw(glow).ellipse((330, 20, 620, 260), fill=150)
    return Image.composite(Image.new("RGB", SIZE, "white"), pale, glow)


def cracked(frame: Image.Image) -> Image.Image:
    """Draw the cracks of a screen that fell."""
    pen = ImageDraw.Draw(frame)
    for end in ((180, 120), (210, 420), (330, 470), (470, 300), (440, 60)):
        pen.line(((330, 210), end), fill="#d8d8d8", width=2)
    return frame


def shoot(path: Path, scenes: Sequence[bytes], seconds: float) -> Path:
    """Make a film that shows each scene for so long, with a blink between; it begins anew for ever."""
    with path.open("wb") as film:
        for each in scenes:
            film.write(each * int(seconds * FRAMES) + scene() * 3)
    return path


def opened(context: BrowserContext) -> Page:
    return context.pages[0] if context.pages else context.new_page()


def ready(page: Page) -> None:
    """Wait until the phone needs no line any more."""
    expect(page.locator("[data-pages]")).to_have_text(
        re.compile("可离线|Works offline"), timeout=20_000
    )
    expect(page.locator("[data-known]")).to_contain_text(re.compile(r"名单 \d+ 张|\d+ tickets"))


DUMP = """async () => {
  const open = indexedDB.open("door");
  const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
  const all = {};
  for (const name of db.objectStoreNames) {
    const request = db.transaction(name).objectStore(name).getAll();
    all[name] = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  }
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      if (/\\.wasm/.test(request.url)) continue;
      kept.push(request.url + await (await caches.match(request)).text());
    }
  }
  return JSON.stringify([all, { ...localStorage }, { ...sessionStorage }, document.cookie]) + kept.join();
}"""
