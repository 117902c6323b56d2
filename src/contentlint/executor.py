"""Where the page stage runs: in this process, in several, or on an executor that the caller brings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor

from contentlint.page import PageResult, PageTask, lint_page

BATCH = 32
"""Pages sent to a process at a time: enough that sending costs little, few enough that all processes stay busy."""

WORTH_PROCESSES = 200
"""From this many pages on, starting processes costs less than it saves (field measurements on two cores)."""


def run(tasks: Sequence[PageTask], executor: Executor | None = None, jobs: int | None = None) -> Iterator[PageResult]:
    """The results of the page stage, in the order of the tasks.

    An executor that the caller brings is used and left open. Else ``jobs`` processes are started, by default as many
    as there are processors, when there are enough pages to be worth it.
    """
    if executor is not None:
        yield from _batches(tasks, executor)
        return
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(tasks) < WORTH_PROCESSES:
        yield from map(lint_page, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from _batches(tasks, pool)


def _batches(tasks: Sequence[PageTask], executor: Executor) -> Iterator[PageResult]:
    batches = [tasks[start : start + BATCH] for start in range(0, len(tasks), BATCH)]
    for results in executor.map(lint_batch, batches):
        yield from results


def lint_batch(tasks: Sequence[PageTask]) -> list[PageResult]:
    """The page stage for several pages, as one call to another process."""
    return [lint_page(task) for task in tasks]
