"""Dense matrices: S and one oscillator or large spin with a mixture of its levels at the start, by diagonalisation."""

import numpy as np
from scipy.linalg import eigh


def oscillator(mode, levels):
    """(energies, raising operator, weights of the levels at the start)."""
    n = np.arange(levels)
    ratio = mode.occupation / (1 + mode.occupation)
    weights = ratio**n if ratio > 0 else (n == 0).astype(float)
    return mode.frequency * n, np.diag(np.sqrt(n[1:].astype(float)), -1), weights / weights.sum()


def joint(system, energies, raising, coupling):
    """H on S ⊗ ladder, S the slow index."""
    h = np.kron(system, np.eye(len(energies))) + np.kron(np.eye(len(system)), np.diag(energies))
    v = np.kron(coupling, raising)
    return h + v + v.T


def reduced(h, ket, weights, times):
    """rho_S(t) of S ⊗ ladder, the ladder starting in a mixture with these weights: [time, i, j]; trace Σ weights.

    With H = U E U^T real, rho_ab(t) = Σ_jk A_jk exp(-i(E_j - E_k)t): all times in one matrix product per entry.
    """
    levels = len(weights)
    energies, u = eigh(h, overwrite_a=True, check_finite=False, driver="evd")
    blocks = u.reshape(len(ket), levels, -1)
    start = np.tensordot(ket, blocks, 1)
    start = start.T @ (weights[:, None] * start)
    phases = np.exp(np.multiply.outer(-1j * times, energies))
    rho = np.empty((len(times), len(ket), len(ket)), complex)
    for a in range(len(ket)):
        for b in range(a + 1):
            if a == b == len(ket) - 1:  # the trace is conserved
                rho[:, a, a] = weights.sum() - sum(rho[:, c, c] for c in range(a))
                continue
            amplitudes = start * (blocks[a].T @ blocks[b])
            parts = phases.real @ amplitudes + 1j * (phases.imag @ amplitudes)
            rho[:, a, b] = np.einsum("tj,tj->t", parts, phases.conj())
            rho[:, b, a] = rho[:, a, b].conj()
    return rho


def pure(h, ket, levels, times):
    """rho_S(t), the ladder starting in its lowest level: ψ(t) at all times in one matrix product."""
    energies, u = eigh(h, overwrite_a=True, check_finite=False, driver="evd")
    start = ket @ u.reshape(len(ket), levels, -1)[:, 0, :]
    phases = np.exp(np.multiply.outer(energies, -1j * times)) * start[:, None]
    psi = (u @ phases.real + 1j * (u @ phases.imag)).reshape(len(ket), levels, len(times))
    return np.einsum("ant,bnt->tab", psi, psi.conj(), optimize=True)
