"""What can be chosen about the page."""

from __future__ import annotations

from geomap.model import noun


@noun
class PageOptions:
    """``title`` heads the page; ``language`` names the file of interface strings.

    ``tiles`` is the address of raster tiles that a viewer may switch on, ``None`` to leave the
    switch out. The page's policy then allows images from that one host. A page larger than
    ``max_mb`` leaves out of details what layers have too, as far as it must (:mod:`.thinning`).
    """

    title: str | None = None
    language: str = "en"
    tiles: str | None = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    tiles_credit: str = "© OpenStreetMap contributors"
    max_mb: int = 10
