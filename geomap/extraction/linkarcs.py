"""Features of the linker for one event and one name: the arcs of syntax between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words

if TYPE_CHECKING:
    from geomap.extraction.linkrow import Row
    from geomap.extraction.syntax import Syntax

    Path = tuple[list[int], list[int]]

MAX_PATH = 12
_DIRECT = 3  # trigger, preposition, name
_MOTION = words("linking", "motion")

# Arcs that lead out of an event's own clause cost more than arcs within it.
_COSTS = {"relcl": 2.0, "advcl": 2.0, "ccomp": 2.0, "parataxis": 3.0, "conj": 1.0, "appos": 0.5}


def path_between(syntax: Syntax, trigger: int, name: int) -> Path | None:
    """Return the words from a name up to the common head, and from the trigger up to it."""
    above = [trigger, *syntax.ancestors(trigger)]
    place = {node: n for n, node in enumerate(above)}
    up = [name]
    if name in place:
        return up, above[: place[name] + 1]
    for node in syntax.ancestors(name):
        up.append(node)
        if node in place:
            return up, above[: place[node] + 1]
    return None


def path_length(path: Path | None) -> int:
    """Return the number of arcs, a long way where there is no path."""
    return MAX_PATH if path is None else min(MAX_PATH, len(path[0]) + len(path[1]) - 2)


def put_path(row: Row, syntax: Syntax, path: Path | None) -> None:
    """Set how the arcs lead from a name to the event."""
    row.set("length", path_length(path))
    if path is None:
        row.set("no_path")
        return
    up, down = path
    row.set("up", len(up) - 1)
    row.set("down", len(down) - 1)
    up_deps = [syntax.tokens[i].dep for i in up[:-1]]
    down_deps = [syntax.tokens[i].dep for i in down[:-1]]
    for dep in up_deps:
        row.add(f"up_{dep}")
    for dep in down_deps:
        row.add(f"down_{dep}")
    row.set("path_cost", sum(_COSTS.get(dep, 1.0) for dep in (*up_deps, *down_deps)))
    if up[-1] == down[0]:
        row.set("via_trigger")
        if len(up) <= _DIRECT:
            row.set("direct")
    _put_speech(row, syntax, up, down)


def _put_speech(row: Row, syntax: Syntax, up: list[int], down: list[int]) -> None:
    """Say whether a verb of saying stands between: its subject is no place of the event."""
    says = sayings()
    top = up[-1]
    if syntax.lemmas[top] in says and len(down) > 1:
        row.set("speech_below")
    if len(up) > 1 and syntax.lemmas[top] in says and syntax.tokens[up[-2]].dep == "nsubj":
        row.set("speech_subject")


def put_trigger(row: Row, syntax: Syntax, trigger: int, name: int) -> None:
    """Set what kind of word tells the event, and whether a name is its own object."""
    token = syntax.tokens[trigger]
    if syntax.lemmas[trigger] in _MOTION:
        row.set("motion")
    if token.pos in {"NOUN", "PROPN"}:
        row.set("trigger_noun")
    elif syntax.is_passive(trigger):
        row.set("trigger_passive")
    if token.dep in {"relcl", "acl"}:
        row.set("trigger_relative")
    head = syntax.tokens[name].head
    if syntax.tokens[head].pos == "ADP" and syntax.tokens[head].head == trigger:
        row.set("prep_on_trigger")
