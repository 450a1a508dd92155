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
    angles = np.multiply.outer(times, energies)
    cos, sin = np.cos(angles), np.sin(angles)
    rho = np.empty((len(times), len(ket), len(ket)), complex)
    for a in range(len(ket)):
        for b in range(a + 1):
            if a == b == len(ket) - 1:  # the trace is conserved
                rho[:, a, a] = weights.sum() - sum(rho[:, c, c] for c in range(a))
                continue
            amplitudes = start * (blocks[a].T @ blocks[b])
            cos_part, sin_part = cos @ amplitudes, sin @ amplitudes
            rho[:, a, b] = rows_dot(cos_part, cos) + rows_dot(sin_part, sin)
            if a != b:
                rho[:, a, b] += 1j * (rows_dot(cos_part, sin) - rows_dot(sin_part, cos))
                rho[:, b, a] = rho[:, a, b].conj()
    return rho


def rows_dot(a, b):
    return np.einsum("tj,tj->t", a, b)


def reduced_time_by_time(h, ket, weights, times):
    """The same as `reduced`, as it is written down first: a loop over the times, complex exponentials."""
    energies, u = eigh(h)
    blocks = u.reshape(len(ket), len(weights), -1)
    start = np.tensordot(ket, blocks, 1)
    start = start.T @ (weights[:, None] * start)
    entries = [(a, b, start * (blocks[a].T @ blocks[b])) for a in range(len(ket)) for b in range(a + 1)]
    rho = np.empty((len(times), len(ket), len(ket)), complex)
    for i, t in enumerate(times):
        phases = np.exp(-1j * energies * t)
        for a, b, amplitudes in entries:
            rho[i, a, b] = phases @ amplitudes @ phases.conj()
            rho[i, b, a] = rho[i, a, b].conjugate()
    return rho


def pure_time_by_time(h, ket, levels, times):
    energies, u = eigh(h)
    start = ket @ u.reshape(len(ket), levels, -1)[:, 0, :]
    rho = np.empty((len(times), len(ket), len(ket)), complex)
    for i, t in enumerate(times):
        psi = (u @ (np.exp(-1j * energies * t) * start)).reshape(len(ket), levels)
        rho[i] = psi @ psi.conj().T
    return rho


def pure(h, ket, levels, times):
    """rho_S(t), the ladder starting in its lowest level: ψ(t) at all times in one matrix product."""
    energies, u = eigh(h, overwrite_a=True, check_finite=False, driver="evd")
    start = ket @ u.reshape(len(ket), levels, -1)[:, 0, :]
    angles = np.multiply.outer(energies, times)
    real, imaginary = u @ (np.cos(angles) * start[:, None]), u @ (np.sin(angles) * -start[:, None])
    psi = (real + 1j * imaginary).reshape(len(ket), levels, len(times)).transpose(2, 0, 1)
    return np.matmul(psi, psi.conj().transpose(0, 2, 1))
