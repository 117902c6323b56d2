"""Where the page stage runs: in this process, in several, or on an executor that the caller brings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor

from contentlint.page import PageResult, PageTask, lint_page
from contentlint.report import Failure
from contentlint.site.index import PageFacts

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
    futures = [_submitted(batch, executor) for batch in batches]
    try:
        for batch, future in zip(batches, futures, strict=True):
            try:
                yield from future.result()
            except BrokenExecutor:
                yield from _one_by_one(batch)
    finally:
        for future in futures:
            future.cancel()


def _submitted(tasks: Sequence[PageTask], executor: Executor) -> Future[list[PageResult]]:
    try:
        return executor.submit(lint_batch, tasks)
    except BrokenExecutor as error:  # it broke on an earlier batch
        broken: Future[list[PageResult]] = Future()
        broken.set_exception(error)
        return broken


def _one_by_one(tasks: Sequence[PageTask]) -> Iterator[PageResult]:
    """Pages whose process died (killed, out of memory), in a fresh one each time: only the culprit is lost."""
    pool = ProcessPoolExecutor(1)
    for task in tasks:
        try:
            yield pool.submit(lint_page, task).result()
        except BrokenExecutor:
            pool = ProcessPoolExecutor(1)
            failure = Failure("the process that read this page died", task.path)
            yield PageResult(task.path, facts=PageFacts(task.path), failures=(failure,))
    pool.shutdown()


def lint_batch(tasks: Sequence[PageTask]) -> list[PageResult]:
    """The page stage for several pages, as one call to another process."""
    return [lint_page(task) for task in tasks]
