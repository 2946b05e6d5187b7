"""The search for cycles: paused, and afterwards as it was."""

from __future__ import annotations

import gc
import weakref

from geomap import collector


class Link:
    """Something that can point at itself."""


def test_cycles_made_meanwhile_are_found_later():
    frozen = gc.get_freeze_count()  # by tests of what is shared with forked processes
    with collector.paused():
        assert not gc.isenabled()
        link = Link()
        link.itself = link
        seen = weakref.ref(link)
        del link
    assert gc.isenabled()
    assert gc.get_freeze_count() <= frozen
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
