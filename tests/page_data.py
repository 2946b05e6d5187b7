"""What a map page holds, read as its scripts do."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any


def is_packed(page: str) -> bool:
    """Tell whether the data of a page are packed."""
    return '<script type="application/json" id="geomap-data">' not in page


def data_of(page: str) -> dict[str, Any]:
    """Return the data of a page with whole ``events``, as ``loading.js`` and ``events.js`` do."""
    block = re.search(r'<script type="[^"]+" id="geomap-data">(.*?)</script>', page)
    assert block
    text = zlib.decompress(base64.b64decode(block[1]), -15) if is_packed(page) else block[1]
    data: dict[str, Any] = json.loads(text)
    data["documents"] = data["documents"][1:]
    runs = zip(data.pop("runs")[1:], data.pop("refs"), strict=True)
    return data | {"events": [event for run, refs in runs for event in _unfolded(run, refs)]}


def _unfolded(run: dict[str, Any], refs: list[list[int]]) -> list[dict[str, Any]]:
    documents, areas, districts = refs
    for event in run["events"]:
        for group in ("where", "when"):
            event.update(run[group][event[group]] if group in event else {})
        for name, numbers in (("area", areas), ("within", districts)):
            if name in event:
                event[name] = numbers[event[name]]
        for claim in event.get("claims", ()):
            claim["document"] = documents[claim["document"]] if claim["document"] >= 0 else -1
        event["left"] = [documents[number] for number in event.get("left", ())]
    events: list[dict[str, Any]] = run["events"]
    return events
