"""How much of a file is ever taken in: sizes past which a file is refused before it can fill the memory."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

# A profile is a few kilobytes: 64 MiB hold more than 20,000 of them, more is a mistake or an attack.
TEXT_BYTES_MAX = 64 * MEBIBYTE
# 70,000 rows of a vendor's export are about 40 MB.
TABLE_BYTES_MAX = 512 * MEBIBYTE
# An .xlsx is a zip: 70,000 rows x 15 columns unpack to about 60 MB of XML.
UNPACKED_BYTES_MAX = 512 * MEBIBYTE
# Spreadsheet XML packs 10:1 to 40:1, deflate's limit is 1,032:1; small parts may pack well without harm.
UNPACKED_RATIO_MAX = 200
UNPACKED_RATIO_FREE_BYTES = 8 * MEBIBYTE
UNPACKED_MEMBERS_MAX = 10_000
# A sheet is held as a full rectangle: two cells in A1 and XFD1048576 would ask for 17,000,000,000 cells.
CELLS_MAX = 20_000_000
# Values inside values: a profile needs two levels, an event four.
DEPTH_MAX = 16
