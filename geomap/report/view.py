"""What all sections of the report look things up in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.features.briefs import Brief, briefs
from geomap.findings import find
from geomap.report.markdown import escape, listed
from geomap.report.told import tell
from geomap.wording import say_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.features import Context
    from geomap.model import Document, Result
    from geomap.report.told import Told

# So many documents in a row are told as "5 to 9".
_SHORTEST_RUN = 4


class View:
    """A result with its documents numbered and its event types named."""

    def __init__(self, result: Result, context: Context) -> None:
        self.result = result
        self.events = briefs(result, context)
        self.findings = context.once("findings", result, lambda: find(result, self.events))
        self._told = tell(result, context)
        self._numbers: Mapping[str, int] = {
            document.id: number for number, document in enumerate(result.documents, start=1)
        }

    def told(self, event: Brief) -> Told:
        """Return what is said of an event of the result."""
        return self._told[event.id]

    def number(self, document_id: str) -> str:
        """Return the number of a document, or its id if it is not in the result."""
        known = self._numbers.get(document_id)
        return str(known) if known else escape(document_id)

    def document(self, document_id: str) -> Document:
        """Return a document of the result."""
        return self.result.documents[self._numbers[document_id] - 1]

    def documents(self, document_ids: Iterable[str]) -> str:
        """Return numbers of documents: "document 2", "documents 1, 3 and 5 to 9"."""
        ids = list(set(document_ids))
        if len(ids) == 1:
            return f"document {self.number(ids[0])}"
        ids.sort(key=lambda key: (self._numbers.get(key, 0), key))
        return f"documents {listed(self._runs(ids))}"

    def _runs(self, ids: Sequence[str]) -> list[str]:
        """Return numbers in words, three and more in a row as one: "5 to 9"."""
        runs: list[list[str]] = []
        for one in ids:
            number = self._numbers.get(one)
            last = self._numbers.get(runs[-1][-1]) if runs else None
            if number is not None and last is not None and number == last + 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        return [word for run in runs for word in self._run(run)]

    def _run(self, run: Sequence[str]) -> list[str]:
        if len(run) < _SHORTEST_RUN:
            return [self.number(one) for one in run]
        return [f"{self.number(run[0])} to {self.number(run[-1])}"]


def name(document: Document) -> str:
    """Return the title of a document, or what else it is known by."""
    return escape(document.title or document.id)


def days(event: Brief) -> str:
    """Return the day or days of an event."""
    return say_days(event.when)
