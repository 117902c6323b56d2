"""The server that an address names."""

from __future__ import annotations

from urllib.parse import urlsplit


def of(address: str) -> str:
    """The name of the host in small letters, without user and port; empty where there is none that can be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
