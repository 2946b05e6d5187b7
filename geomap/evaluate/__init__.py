"""Scores against gold: recognition, resolution and the place of events."""

from __future__ import annotations

from geomap.evaluate.gold import read_gold
from geomap.evaluate.metrics import MISSING_KM, RecognitionScore, ResolutionScore, token_score
from geomap.evaluate.run import Outcome, Score, System, outcomes, score
from geomap.evaluate.toponyms import GoldDocument, Toponym, answer

__all__ = [
    "MISSING_KM",
    "GoldDocument",
    "Outcome",
    "RecognitionScore",
    "ResolutionScore",
    "Score",
    "System",
    "Toponym",
    "answer",
    "outcomes",
    "read_gold",
    "score",
    "token_score",
]
