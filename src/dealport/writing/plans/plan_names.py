"""Names of participants' files: safe on every system, each participant's own, and the same in every plan."""

from __future__ import annotations

from hashlib import sha256

from dealport.meetings.event.events import Key
from dealport.words.names import slug

# Of the 255 bytes a name may have; the side before it, a digest and the suffix behind it need less than 40.
MOST_BYTES = 160
DIGEST = 10  # hexadecimal figures


def calendar_name(key: Key) -> str:
    """``startup-lumen.ics``; an id that is no plain file name gets a digest of its own: ``startup-a-b_3f2a91c0de.ics``.

    It rests on the id alone, so that it is the same whoever else takes part. No slug holds ``_``: a name with a digest
    is never that of a plain id. Ids that differ in case or form of letters only are told apart by the digest.
    """
    side, name = key
    stem = slug(name)
    is_plain = stem == name and name.upper().casefold() == name and len(name.encode()) <= MOST_BYTES
    if not is_plain:
        digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
        stem = f"{_cut(stem)}_{digest}"
    return f"{side}-{stem}.ics"


def _cut(stem: str) -> str:
    """As much of it as fits, in whole characters."""
    return stem.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore")
