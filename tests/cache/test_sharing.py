"""What is equal is one object, what is not stays apart, and nothing changes its value."""

from __future__ import annotations

import dataclasses

from made_result import result

from geomap import codec
from geomap.cache.sharing import Sharing
from geomap.model import Document, Telling

MADE = result()
TOLD = Telling(
    document=Document(id="a.txt", text=""),
    resolutions=MADE.resolutions,
    reports=MADE.reports,
    claims=(),
)


def read(told=TOLD):
    return codec.decode(codec.encode(told))


def places(told):
    return [item.location.place for item in told.resolutions if item.location]


def test_places_of_two_documents_are_one_and_the_documents_tell_the_same():
    one, other, sharing = read(), read(), Sharing()
    sharing.share(one)
    sharing.share(other)
    assert one == other == TOLD
    assert places(one)
    assert [id(place) for place in places(one)] == [id(place) for place in places(other)]


def test_places_that_differ_under_one_id_stay_apart():
    def renamed(item):
        if item.location is None:
            return item
        place = dataclasses.replace(item.location.place, name="Another")
        location = dataclasses.replace(item.location, place=place)
        return dataclasses.replace(item, location=location)

    changed = dataclasses.replace(TOLD, resolutions=tuple(map(renamed, TOLD.resolutions)))
    one, other, sharing = read(), read(changed), Sharing()
    sharing.share(one)
    sharing.share(other)
    assert one == TOLD
    assert other == changed
