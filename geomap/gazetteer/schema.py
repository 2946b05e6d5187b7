"""The tables of the gazetteer file, for the build that writes and the store that reads them."""

from __future__ import annotations

from geomap.model import PlaceKind

SCALE = 100_000
"""Positions are whole numbers of 1e-5 degrees, as GeoNames gives them (about 1 m)."""

KINDS = tuple(PlaceKind)
"""A kind is stored as its position here."""

EXACT, ALIAS, ABBREVIATION = 0, 1, 2
"""How a name belongs to a place: its first name, another, or an acronym that news uses for it."""

FIRST_OWN_NUMBER = 2_000_000_000
"""Row ids of places that GeoNames does not number start here; GeoNames is far below."""

SHORTEST_SKELETON = 4
"""Letters of the shortest transliteration key: a shorter one means too much."""

SCHEMA = """
CREATE TABLE origin (
    name TEXT PRIMARY KEY, package TEXT, version TEXT, licence TEXT, url TEXT, layers TEXT
) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE place (
    id INTEGER PRIMARY KEY,  -- the GeoNames id where there is one
    key TEXT,                -- Place.id where it is not "geonames:<id>"
    name TEXT, kind INTEGER, lon INTEGER, lat INTEGER, country TEXT,
    parent INTEGER, population INTEGER, precision INTEGER, radius_km REAL,
    source INTEGER, has_shape INTEGER
);
CREATE TABLE reference (key TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE name (
    key TEXT, place INTEGER, how INTEGER, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE skeleton (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE shape (
    place INTEGER PRIMARY KEY, west REAL, south REAL, east REAL, north REAL, data BLOB
);
CREATE TABLE border (a TEXT, b TEXT, data BLOB, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE disputed (
    area TEXT, neighbor TEXT, data BLOB, PRIMARY KEY (area, neighbor)
) WITHOUT ROWID;
CREATE TABLE viewpoint (code TEXT, area TEXT, country TEXT, PRIMARY KEY (code, area)) WITHOUT ROWID;
CREATE TABLE layer (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE everyday (key TEXT PRIMARY KEY, prior REAL) WITHOUT ROWID;
"""
