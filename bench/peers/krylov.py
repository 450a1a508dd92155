"""exp(-iHt) on a vector by Lanczos, in windows: all output times of a window from one small eigenproblem."""

import numpy as np
from scipy.linalg import eigh_tridiagonal


def lanczos(h, psi, dimension):
    """Orthonormal rows, diagonal and off-diagonal of the Krylov space of a real H and a complex vector."""
    rows = np.empty((dimension, len(psi)), complex)
    alpha, beta = np.zeros(dimension), np.zeros(dimension)
    rows[0] = psi
    for k in range(dimension):
        # A real matrix on two real columns: half of what it takes on a complex vector.
        w = (h @ rows[k].view(float).reshape(-1, 2)).view(complex)[:, 0]
        if k > 0:
            w -= beta[k - 1] * rows[k - 1]
        alpha[k] = np.vdot(rows[k], w).real
        w -= alpha[k] * rows[k]
        beta[k] = np.linalg.norm(w)
        if k + 1 < dimension:
            np.multiply(w, 1 / beta[k], out=rows[k + 1])
    return rows, alpha, beta


def evolve(h, psi, times, dimension, steps, reduce):
    """reduce(ψ at a window's times) for windows of so many equal steps of `times`, concatenated."""
    found = [reduce(psi[None, :])]
    norm = np.linalg.norm(psi)
    for first in range(0, len(times) - 1, steps):
        inside = times[first + 1 : first + 1 + steps] - times[first]
        rows, alpha, beta = lanczos(h, psi / norm, dimension)
        energies, u = eigh_tridiagonal(alpha, beta[:-1])
        small = (np.exp(np.multiply.outer(-1j * inside, energies)) * u[0]) @ u.T
        states = norm * (small @ rows)
        psi = states[-1]
        found.append(reduce(states))
    return np.concatenate(found)
