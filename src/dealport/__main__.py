"""``python -m dealport`` is ``dealport``."""

from __future__ import annotations

from dealport.cli.main import run

if __name__ == "__main__":
    run()
