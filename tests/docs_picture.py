"""Takes the picture of the site that the READMEs show: home, search, a notice, a phone.

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

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "site.png"
DESKTOP, PHONE = (1280, 900), (390, 844)
GAP, PAPER, HAIRLINE = 24, "#e9e6de", "#c9c4b8"
#: few colours are enough for text on paper, and keep the file small
COLOURS = 128


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
TRAINING = "documents/140000-jinwenlvbanfa-2021-123.html#s3-2"
VIEWS = (
    View("index.html", DESKTOP, (GAP, GAP), 795),
    View("search.html?q=取证补贴", DESKTOP, (795 + 2 * GAP, GAP), 795),
    View(COUNTY, DESKTOP, (GAP, 559 + 2 * GAP), 1200),
    View(TRAINING, PHONE, (1200 + 2 * GAP, 559 + 2 * GAP), 390),
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
    method = Image.Quantize.MAXCOVERAGE
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
