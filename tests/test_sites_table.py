from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[1] / "tools" / "sites.py"
BREAD = """---
title: Bread
image: /img/loaf.png
---

## Crust

![](/img/Loaf.png) ![](/img/gone.png) ![](https://flour.example/a.png) <img src="/img/loaf.png">
{{< figure src="/img/loaf.png" >}} [cake](/cake/) [crust](#crust) [soup](soup.md) [flour](https://flour.example/)
"""


def test_every_reference_of_a_site_is_counted_by_how_it_is_written_and_by_what_became_of_it(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "title = 'Bakery'",
        "static/img/loaf.png": "",
        "content/bread.md": BREAD,
        "content/cake.md": "---\ntitle: Cake\n---\n\nSweet.\n",
    }
    for name, text in files.items():
        file = tmp_path / "corpora" / "ada+bakery" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf8")
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- generated: sites -->\nold\n<!-- /generated -->\nAfter\n", encoding="utf8")
    command = [sys.executable, str(TOOL), "--corpora", str(tmp_path / "corpora"), "--page", str(page)]

    subprocess.run(command, check=True, timeout=60)

    text = page.read_text(encoding="utf8")
    assert text.startswith("Before\n<!-- generated: sites -->\n")
    assert text.endswith("<!-- /generated -->\nAfter\n")
    assert "old" not in text
    pictures, _, links, _ = (line for line in text.splitlines() if line.startswith(("| ada", "| **all")))
    # Markdown, HTML, constructs, front matter; resolved, remote, not judged, missing, wrong case
    assert pictures == "| ada/bakery | Hugo | 2 | 3 | 1 | 1 | 1 | 3 | 1 | 0 | 1 | 1 |"
    # the same; pages, files, other, places, remote, not judged, broken page, broken place
    assert links == "| ada/bakery | Hugo | 2 | 4 | 0 | 0 | 0 | 1 | 0 | 0 | 1 | 1 | 0 | 1 | 0 |"
