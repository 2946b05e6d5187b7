"""Which documents count as one source: those that copy one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterable


@noun
class Sources:
    """Near-copy groups: for each document that is in one, the first document of its group."""

    groups: Mapping[str, str]

    @classmethod
    def of(cls, near_copies: Iterable[tuple[str, ...]]) -> Sources:
        """Take the groups as :func:`~geomap.merge.near_copies.near_copies` returns them."""
        return cls(groups={member: group[0] for group in near_copies for member in group})

    def group_of(self, document_id: str) -> str:
        """Return the first document of the near-copy group, or the document itself."""
        return self.groups.get(document_id, document_id)

    def independent(self, document_ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Partition documents into sources, in order."""
        sources: dict[str, list[str]] = defaultdict(list)
        for document_id in sorted(set(document_ids)):
            sources[self.group_of(document_id)].append(document_id)
        return tuple(sorted(tuple(members) for members in sources.values()))

    def count(self, document_ids: Iterable[str]) -> int:
        """Count independent sources."""
        return len({self.group_of(document_id) for document_id in document_ids})
