"""What people's decisions teach: how much each question is worth in these records, beside what is usual."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
_SPREAD = 0.4
"""By how much, as a standard deviation, a question may be worth more or less than usual."""
_BASE_SPREAD = 1.0


def taught(said: Doubles, base: float, decided: NDArray[np.int8]) -> tuple[float, Doubles]:
    """Return the base, and the worth of each question, after decisions about pairs.

    ``said`` has what each question says of each decided pair, in natural log-odds; ``decided`` is 1 where the two are
    one, -1 where not. It is the most probable logistic regression (maximum a posteriori) when each worth is normally
    distributed about 1, and the base about what it was; no question is worth less than nothing.
    """
    from scipy.optimize import minimize

    if not len(decided):
        return base, np.ones(said.shape[1])
    rows = np.concatenate([np.ones((len(said), 1)), said], axis=1)
    usual = np.concatenate([[base], np.ones(said.shape[1])])
    spread = np.array([_BASE_SPREAD, *[_SPREAD] * said.shape[1]])

    def surprise(worth: Doubles) -> tuple[float, Doubles]:
        odds, off = decided * (rows @ worth), (worth - usual) / spread
        wrong = decided / (1 + np.exp(odds))
        return float(np.logaddexp(0, -odds).sum() + (off**2).sum() / 2), off / spread - rows.T @ wrong

    never_turned = [(None, None), *[(0, None)] * said.shape[1]]
    worth = minimize(surprise, usual, jac=True, bounds=never_turned, method="L-BFGS-B").x
    return float(worth[0]), worth[1:]
