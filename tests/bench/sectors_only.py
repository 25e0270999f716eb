"""Other libraries on the sectors alone, startups' rows only: sparse_dot_topn and scikit-learn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.bench.columns import Columns

THREADS = 2
CHUNK_MB = 16


def sparse_products(market: Columns, *, k: int) -> Callable[[], object]:
    """The k largest sums of what is in common for each startup, ready to run.

    Whole numbers of 32 bits and the right side turned over beforehand: the fastest of its settings here (floats of 32
    and 64 bits take 1.05 times as long, chunks of investors 1.05 to 1.3 times, sorting nothing).
    """
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    mine = csr_matrix(market.startups.informed.astype(np.int32))
    theirs = csr_matrix(market.investors.levels.astype(np.int32)).T.tocsr()
    return lambda: sp_matmul_topn(mine, theirs, k, sort=True, n_threads=THREADS)


def nearest_neighbours(market: Columns, rows: NDArray[np.int32], *, k: int) -> Callable[[], object]:
    """The k nearest investors by cosine for some startups, by brute force, ready to run.

    Sparse, in one thread, in chunks that stay in the cache: a second thread makes it take 1.3 times as long, dense
    columns 2.5 times, chunks of the usual 1 GB 1.5 to 5 times.
    """
    from scipy.sparse import csr_matrix
    from sklearn import config_context
    from sklearn.neighbors import NearestNeighbors

    root = np.sqrt(market.startups.information)
    mine = csr_matrix((market.startups.levels[rows] * root).astype(np.float32))
    theirs = csr_matrix((market.investors.levels * root).astype(np.float32))
    search = NearestNeighbors(n_neighbors=k, metric="cosine", algorithm="brute").fit(theirs)

    def find() -> object:
        with config_context(working_memory=CHUNK_MB):
            return search.kneighbors(mine)

    return find
