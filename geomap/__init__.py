"""geomap turns a folder of news reports into a map of events that can be checked, offline."""

from __future__ import annotations
