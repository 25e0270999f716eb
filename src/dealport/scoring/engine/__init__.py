"""The engine: the best few of every startup and investor among all cross-border pairs, exact, both directions at once.

`engine.Engine` is a market ready to be scored. Its criteria become `terms`: tables of points by class of startup. The
`plain` engine (numpy) and the `compiled` one (numba's `loop`, the extra `fast`) add these up tile by tile and keep the
best as packed `keys`. `best.best_keys` chooses between the two: what they find is the same to the bit.
"""
