"""The search for cycles: paused, and afterwards as it was."""

from __future__ import annotations

import gc
import weakref

import pytest

from geomap import collector


class Link:
    """Something that can point at itself."""


@pytest.fixture(autouse=True)
def _thawed():
    """Begin with nothing frozen, whatever other tests share with forked processes."""
    gc.unfreeze()


def made_meanwhile():
    with collector.paused():
        assert not gc.isenabled()
        link = Link()
        link.itself = link
        return weakref.ref(link)


def test_cycles_made_meanwhile_are_found_later():
    seen = made_meanwhile()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert seen() is None


def test_while_others_freeze_cycles_are_found_when_these_thaw():
    gc.freeze()
    frozen = gc.get_freeze_count()
    seen = made_meanwhile()
    assert gc.get_freeze_count() >= frozen
    gc.unfreeze()
    gc.collect()
    assert seen() is None


def test_who_had_paused_it_before_finds_it_paused():
    gc.disable()
    try:
        with collector.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
