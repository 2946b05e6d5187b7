"""Which documents count as one source: those that copy one another, and those of one publisher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import Document


@noun
class Sources:
    """Near-copy groups and publishers of documents, by document id."""

    groups: Mapping[str, str]
    publishers: Mapping[str, str]

    @classmethod
    def of(cls, documents: Iterable[Document], near_copies: Iterable[tuple[str, ...]]) -> Sources:
        """Collect both from the documents; publishers are compared without regard to case."""
        return cls(
            groups={member: group[0] for group in near_copies for member in group},
            publishers={
                document.id: document.publisher.strip().casefold()
                for document in documents
                if document.publisher and document.publisher.strip()
            },
        )

    def group_of(self, document_id: str) -> str:
        """Return the first document of the near-copy group, or the document itself."""
        return self.groups.get(document_id, document_id)

    def independent(self, document_ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Partition documents into sources: copies and documents of one publisher are together."""
        sources: list[tuple[set[str], set[str]]] = []  # (marks, documents)
        for document_id in sorted(set(document_ids)):
            marks, members = self._marks(document_id), {document_id}
            apart = []
            for known_marks, known_members in sources:
                if known_marks & marks:
                    marks, members = marks | known_marks, members | known_members
                else:
                    apart.append((known_marks, known_members))
            sources = [*apart, (marks, members)]
        return tuple(sorted(tuple(sorted(members)) for _, members in sources))

    def _marks(self, document_id: str) -> set[str]:
        publisher = self.publishers.get(document_id)
        marks = {f"group {self.group_of(document_id)}"}
        return marks | {f"publisher {publisher}"} if publisher else marks
