"""Takes the picture of the site that the READMEs show: home, search, notice, measure, phone.

Run as a program after ``make site``: ``python tests/docs_picture.py``. It needs Chromium and a
Chinese font, and writes docs/images/site.png.
"""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

from site_builder import urls

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "site.png"
DESKTOP, PHONE = (1280, 900), (390, 844)
GAP, PAPER, HAIRLINE = 24, "#e9e6de", "#c9c4b8"
#: a palette is enough for text on paper, and keeps the file small
COLOURS = 256


@dataclass(frozen=True)
class View:
    """A page, the window it is seen in, and where it stands in the picture (pixels)."""

    address: str
    window: tuple[int, int]
    at: tuple[int, int]
    width: int

    @property
    def height(self) -> int:
        return round(self.width * self.window[1] / self.window[0])


COUNTY = "documents/141121-wenrenshezi-2024-20.html#s7-2"
MEASURE = urls.measure_page("14/取证补贴/高级工")
SEARCH = "search.html?q=取证补贴 高级工"
#: two rows of two desks, and a phone beside each row
WIDE, NARROW, TALL = 760, 247, 534
SECOND, THIRD = WIDE + 2 * GAP, 2 * WIDE + 3 * GAP
VIEWS = (
    View("index.html", DESKTOP, (GAP, GAP), WIDE),
    View(SEARCH, DESKTOP, (SECOND, GAP), WIDE),
    View(COUNTY, DESKTOP, (GAP, TALL + 2 * GAP), WIDE),
    View(MEASURE, DESKTOP, (SECOND, TALL + 2 * GAP), WIDE),
    View(SEARCH, PHONE, (THIRD, GAP), NARROW),
    View(MEASURE, PHONE, (THIRD, TALL + 2 * GAP), NARROW),
)


def picture(site: Path) -> Image.Image:
    """All views of the site in ``site`` on one sheet."""
    right = max(view.at[0] + view.width for view in VIEWS)
    bottom = max(view.at[1] + view.height for view in VIEWS)
    sheet = Image.new("RGB", (right + GAP, bottom + GAP), PAPER)
    draw = ImageDraw.Draw(sheet)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for view in VIEWS:
            shot = _shot(browser, site, view).resize((view.width, view.height))
            sheet.paste(shot, view.at)
            corner = (view.at[0] + view.width, view.at[1] + view.height)
            draw.rectangle((*view.at, *corner), outline=HAIRLINE)
        browser.close()
    method = Image.Quantize.MEDIANCUT
    return sheet.quantize(COLOURS, method, dither=Image.Dither.NONE)


def _shot(browser: Browser, site: Path, view: View) -> Image.Image:
    size = {"width": view.window[0], "height": view.window[1]}
    page = browser.new_page(viewport=size, device_scale_factor=2)
    page.goto(f"{site.resolve().as_uri()}/{view.address}")
    # search puts its results in place after loading its shards
    page.wait_for_timeout(1000)
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return shot.convert("RGB")


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("No Chromium found. Debian: apt install chromium")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    if not (folder / "index.html").is_file():
        sys.exit(f"There is no site in {folder}. Run `make site` first.")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    picture(folder).save(PICTURE, optimize=True)
    print(f"Wrote {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size // 1000} kB.")
