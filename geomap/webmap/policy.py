"""What may run in the page: escaping of data and the Content-Security-Policy (CSP level 3)."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import msgspec

# Inside <script> an HTML parser looks for "</script" and "<!--"; JavaScript treats U+2028 and
# U+2029 as line ends. Written as \uXXXX they mean the same in JSON and nothing in HTML.
_UNSAFE = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def embed_json(value: Any) -> str:
    """Return ``value`` as JSON that can stand inside a script element whatever text it holds."""
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # a lone surrogate: UTF-8 cannot hold it, a replacement can
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        text = plain.encode("utf-8", "replace").decode("utf-8")
    for mark, written in _UNSAFE.items():
        text = text.replace(mark, written)
    return text


def content_security_policy(html: str, image_hosts: tuple[str, ...] = ()) -> str:
    """Return the policy that allows the inline scripts and styles of ``html`` and nothing else.

    Every inline block is allowed by its SHA-256, so that text which ended up as markup by mistake
    still could not run. ``image_hosts`` are origins of map tiles; no other request is possible.
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, body in _INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")
        hashes[kind].append(f"'sha256-{digest}'")
    images = " ".join(("data:", "blob:", *image_hosts))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(hashes['script'])}",
            f"style-src {' '.join(hashes['style'])}",
            f"img-src {images}",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
