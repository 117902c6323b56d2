"""Make the pictures of the example site that stand for heavy files: the same bench at dusk, as PNG and as WebP.

Needs Pillow, which nothing else here does: ``pip install pillow``. The same on every run with one version of it.
"""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "public" / "images" / "blog"
SIZE = WIDTH, HEIGHT = 600, 315


def main() -> None:
    picture = bench()
    picture.save(FOLDER / "atelier-au-crepuscule.png", optimize=True)
    picture.save(FOLDER / "atelier-au-crepuscule.webp", quality=88, method=6)


def bench() -> Image.Image:
    """A bench before a window, with the grain of a camera, which PNG keeps and WebP does not."""
    sky = [(28 + y // 4, 34 + y // 5, 66 + y // 6) for y in range(HEIGHT)]
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y, colour in enumerate(sky):
        draw.line((0, y, WIDTH, y), colour)
    draw.rectangle((350, 30, 540, 165), (236, 190, 120))
    draw.line((445, 30, 445, 165), (60, 44, 40), 8)
    draw.line((350, 98, 540, 98), (60, 44, 40), 8)
    draw.rectangle((50, 208, 550, 232), (110, 74, 48))
    draw.rectangle((84, 232, 108, 315), (86, 58, 40))
    draw.rectangle((492, 232, 516, 315), (86, 58, 40))
    draw.ellipse((150, 158, 226, 210), (150, 104, 84))
    draw.ellipse((250, 178, 292, 210), (96, 120, 132))
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    chance = random.Random(1)
    grain = bytes(max(0, min(255, value + chance.randint(-3, 3))) for value in picture.tobytes())
    return Image.frombytes("RGB", SIZE, grain)


if __name__ == "__main__":
    main()
