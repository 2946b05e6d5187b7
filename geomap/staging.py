"""Files that appear together or not at all.

A build writes into a hidden folder beside its outputs (:func:`staged`) and renames at the end. One
that is killed leaves the former outputs whole and its folder behind, which the next one removes.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows: two builds into one folder at a time are the user's own to avoid
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = ".geomap-build-"

# What is free when a library could not write, and says it in its own words.
_FULL_BYTES = 1_000_000


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """Give a folder to write into; move what is in it to ``directory`` when the block succeeds.

    Raises :class:`OutputError` where ``directory`` cannot be written, and where another build is at
    work in it.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _alone(directory):
            stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=directory))
            try:
                yield stage
                with _undisturbed():
                    _move_all(stage, directory)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except OutputError as error:
        raise OutputError(_told(error, directory)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{directory}: cannot be written ({reason}); what was there is untouched; make room or "
            "choose another folder with -o"
        ) from error


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Lock a folder, and remove what killed builds left in it.

    The lock is the kernel's and goes with the process. Where the file system has none, the block
    runs without, and nothing is removed.
    """
    if fcntl is None:
        yield
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        if _locked(descriptor, directory):
            for left in directory.glob(f"{_PREFIX}*"):
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(descriptor)


def _told(error: OutputError, directory: Path) -> str:
    """Name the file that people know, and the cause that a library may not have told."""
    message = re.sub(rf"{re.escape(_PREFIX)}[^/\\]*[/\\]", "", str(error))
    full = shutil.disk_usage(directory).free < _FULL_BYTES if directory.is_dir() else False
    return f"{message}; the disk is full" if full else message


def _locked(descriptor: int, directory: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(
            f"{directory}: another build is writing there; wait for it or choose another folder "
            "with -o"
        ) from error
    except OSError:  # a network file system that cannot lock
        return False
    return True


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let nobody interrupt the moment between the first rename and the last."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    former = {number: signal.signal(number, signal.SIG_IGN) for number in signals}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _move_all(stage: Path, directory: Path) -> None:
    """Move each file over its namesake; where one cannot be, put the former ones back."""
    paths = sorted(stage.iterdir())
    kept = Path(tempfile.mkdtemp(dir=stage))
    moved: list[Path] = []
    try:
        for path in paths:
            target = directory / path.name
            if target.exists():
                _keep(target, kept / path.name)
            path.replace(target)
            moved.append(target)
    except OSError:
        for target in moved:
            if (kept / target.name).exists():
                (kept / target.name).replace(target)
            else:
                target.unlink()
        raise


def _keep(file: Path, path: Path) -> None:
    """Give a file a second name, or a copy where the file system has one name for each."""
    try:
        path.hardlink_to(file)
    except OSError:
        shutil.copy2(file, path)
