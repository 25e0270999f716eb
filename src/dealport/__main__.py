"""The process `dealport`, also ``python -m dealport``: one job, then the end."""

from __future__ import annotations

import gc
import os
import sys
import threading
from typing import NoReturn

_ENDS_IN_ORDER = frozenset({"distributed", "multiprocessing"})  # they tidy up when Python ends


def run_process() -> NoReturn:
    """Run the command line and end with its exit code.

    One job, then the end: looking for garbage among a million records is a fifth of the time, and handing them back one
    by one a tenth. Where a library still has work of its own to put in order, a thread or a cluster, Python ends as
    ever.
    """
    gc.disable()  # before anything is imported
    from dealport.cli.main import main

    code = main()
    if threading.active_count() == 1 and not _ENDS_IN_ORDER & sys.modules.keys():
        os._exit(code)
    gc.freeze()  # nor is it looked for at the end
    sys.exit(code)


if __name__ == "__main__":
    run_process()
