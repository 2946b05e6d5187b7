"""Who acted and who was acted on, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import roles, words
from geomap.model import Actor, Provenance, Use

if TYPE_CHECKING:
    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax
    from geomap.model import Resolution
    from geomap.ontology import Ontology

_LIGHT = words("grammar", "actors_light")
_CIVILIANS = (words("classes", "people") | words("classes", "police")) - words(
    "classes", "military"
)
# Types whose actor moves its own forces: "Two patrols of the Polish army were deployed".
_OWN_FORCES = frozenset({"force_deployment", "force_movement"})
_LONGEST_NAME = 4
_KINDS = frozenset({"terrorist"})  # "a terrorist attack" tells of what kind, not by whom
_NO_ACTORS = {"detention": _KINDS | {"suspect", "fugitive", "driver", "teenager", "boy", "girl"}}
# Nobody attacks in an accident or a disaster: "a man flipped his car".
_UNDIRECTED = frozenset(
    {"transport", "technological", "geophysical", "hydrological", "meteorological"}
    | {"climatological", "biological"}
)


class ActorReader:
    """Finds and names the actors of one document."""

    def __init__(
        self, syntax: Syntax, resolutions: tuple[Resolution, ...], ontology: Ontology
    ) -> None:
        self._types = ontology.types
        self._syntax = syntax
        self._resolutions = resolutions

    def attacker(self, cue: Cue) -> Actor | None:
        """Return who acted, or None where it is not told."""
        if self._types[cue.type].family in _UNDIRECTED:
            return None
        found = self._agents(cue)
        if not found and cue.type in _OWN_FORCES:
            found = [
                i
                for noun in self._syntax.objects(cue.index)
                for i in (noun, *self._syntax.prepositional(noun, "from", "of"))
            ]
            found = [i for index in found for i in (index, *self._syntax.modifiers(index))]
        for index in found:
            if self._syntax.lemmas[index] in _NO_ACTORS.get(cue.type, _KINDS):
                continue
            actor = self.name(index)
            if actor is not None:
                return actor
        return None

    def target(self, cue: Cue) -> Actor | None:
        """Return who was acted on, or None where it is not told."""
        if self._types[cue.type].family in _UNDIRECTED or cue.type in _OWN_FORCES:
            return None
        syntax = self._syntax
        if cue.verbal:
            found = syntax.objects(cue.index) or syntax.prepositional(
                cue.index, "on", "at", "against"
            )
        else:
            found = syntax.prepositional(cue.index, "on", "against", "of")
        for index in found:
            actor = self.name(index)
            if actor is not None:
                return actor
        return None

    def _agents(self, cue: Cue) -> list[int]:
        syntax = self._syntax
        if cue.verbal:
            return self._through_weapons(syntax.subjects(cue.index))
        found = syntax.prepositional(cue.index, "by", "from")
        found += syntax.with_dep(cue.index, "poss", "amod", "compound", "nmod")
        found += [
            i for acl in syntax.with_dep(cue.index, "acl", "relcl") for i in syntax.subjects(acl)
        ]
        head = syntax.tokens[cue.index].head
        if syntax.lemmas[head] in _LIGHT and syntax.tokens[cue.index].dep in {
            "dobj",
            "nsubjpass",
            "pobj",
            "prep",
        }:
            found += syntax.subjects(head)
        found += [
            i
            for obj in syntax.prepositional(cue.index, "of", "with")
            for i in syntax.modifiers(obj)
        ]
        return self._through_weapons(found)

    def _through_weapons(self, found: list[int]) -> list[int]:
        """Put the modifiers of a weapon in its place: "Russian missiles struck"."""
        agents = []
        for index in found:
            if self._syntax.lemmas[index] in words("classes", "weapon"):
                agents += self._syntax.modifiers(index)
            else:
                agents.append(index)
        return agents

    def name(self, index: int) -> Actor | None:
        """Return the actor that a noun names: by the role table, or a group as written."""
        syntax = self._syntax
        if self._is_counted(index):
            return None
        for first, last in self._name_spans(index):
            text = " ".join(syntax.words[first:last])
            role = roles().get(text)
            if role is not None:
                return Actor(
                    name=role.name, country=role.country, provenance=self._words(first, last)
                )
        mention = syntax.mention_at.get(index)
        if mention is not None:
            return self._country_actor(mention)
        if syntax.lemmas[index] in words("classes", "gunman") | words("classes", "military"):
            return self._group(index)
        return None

    def _name_spans(self, index: int) -> list[tuple[int, int]]:
        """Return spans of words that end in, or lead to, the noun; the longest first."""
        widths = range(_LONGEST_NAME, 0, -1)
        spans = [(max(0, index - width + 1), index + 1) for width in widths]
        if self._syntax.lemmas[index] in _CIVILIANS:
            return spans  # "U.S. marshals" are no army
        return spans + [(i, i + 1) for i in self._syntax.modifiers(index)]

    def _is_counted(self, index: int) -> bool:
        """Tell whether people of a country are counted: "two Venezuelans" are no army."""
        syntax = self._syntax
        mention = syntax.mention_at.get(index)
        if mention is None or not syntax.with_dep(index, "nummod"):
            return False
        return syntax.annotation.mentions[mention].use == Use.DEMONYM

    def _country_actor(self, number: int) -> Actor | None:
        mention = self._syntax.annotation.mentions[number]
        resolution = self._resolutions[number] if number < len(self._resolutions) else None
        place = resolution.place if resolution else None
        if place is None or mention.use == Use.EMBEDDED or place.kind != "country":
            return None
        first = self._syntax.span_tokens(mention.start, mention.end).start
        if self._syntax.entity_label(first) == "PERSON":
            return None  # "Brown and Jordan shot"
        return Actor(
            name=f"Armed Forces of {place.name}",
            country=place.country,
            provenance=self._provenance(mention.start, mention.end),
        )

    def _group(self, index: int) -> Actor:
        own = [i for i in self._syntax.with_dep(index, "compound", "amod") if i < index]
        # "a 15-year-old boy" is no "old boy"
        first = min([i for noun in own for i in self._syntax.subtree(noun)] + [index])
        provenance = self._words(first, index + 1)
        return Actor(name=provenance.quote, provenance=provenance)

    def _words(self, first: int, last: int) -> Provenance:
        return self._provenance(self._syntax.tokens[first].start, self._syntax.tokens[last - 1].end)

    def _provenance(self, start: int, end: int) -> Provenance:
        return Provenance(
            document_id=self._syntax.annotation.document.id,
            start=start,
            end=end,
            quote=self._syntax.text[start:end],
        )
