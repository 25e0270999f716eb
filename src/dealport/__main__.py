"""``python -m dealport`` is ``dealport``."""

from __future__ import annotations

import sys

from dealport.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
