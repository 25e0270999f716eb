"""The types of our arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.float32]
Thousandths = NDArray[np.int16]
