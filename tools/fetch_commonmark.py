"""Fetch the examples of the CommonMark specification, which the tests read, into build/commonmark.json.

The specification is under CC BY-SA 4.0 and so is no part of this repository. The source distribution of markdown-it-py,
which is a dependency, ships its examples as JSON; they are taken from there.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

SOURCE = "markdown-it-py==4.3.0"
MEMBER = "tests/test_cmark_spec/commonmark.json"
TARGET = Path(__file__).parents[1] / "build" / "commonmark.json"


def main() -> None:
    if TARGET.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        name = SOURCE.partition("==")[0]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--no-binary", name, "--dest", folder, SOURCE], check=True)
        archive = next(Path(folder).glob("*.tar.gz"))
        with tarfile.open(archive) as tar:
            member = next(member for member in tar if member.name.endswith("/" + MEMBER))
            extracted = tar.extractfile(member)
            assert extracted is not None, f"{MEMBER} is no file"
            TARGET.parent.mkdir(exist_ok=True)
            TARGET.write_bytes(extracted.read())


if __name__ == "__main__":
    main()
