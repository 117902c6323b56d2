"""How far two texts are from each other, letter by letter."""

from __future__ import annotations


def edits(one: str, other: str, most: int) -> int:
    """How many letters to change, add or take away to come from one to the other; more than ``most`` if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, 1):
        before, row[0] = row[0], count
        for place, opposite in enumerate(other, 1):
            change = before + (letter != opposite)
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, change)
    return row[-1]
