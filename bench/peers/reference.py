"""rho_S(t) to far better than 1e-9, twice in ways that share little, and how far the two are apart.

Request: {"model", "size"}. Answer: {"rho": flat [time, i, j, re/im], "uncertainty", "how"}.
"""

import numpy as np
from scipy.sparse.linalg import expm_multiply

import bosons
import dense
import protocol
import spins
from models import model

# Quanta in all modes together for the reference, and for what it is compared with.
quanta = {"B1": (60, 50), "B2": (72, 60), "B3": (12, 11), "B4": (60, 50), "B5": (80, 68)}
# Every block is diagonalised whole up to the first size, up to the second with its lowest rungs only.
whole_up_to, summed_up_to = 200, 2000
rungs = (80, 60)
# Beyond, a polynomial in 1/M; far above 100, where the block j = 0 still weighs something.
extrapolated_from = (4000, 2000, 1000)


def by_vacuum_modes(m, limit):
    """Every mode in its vacuum, Taylor series of the exponential."""
    occupations = bosons.simplex(len(m.vacuum), limit)
    h = bosons.hamiltonian(m.hamiltonian, m.vacuum, occupations).astype(complex)
    psi = bosons.start(m.ket, len(occupations))
    states = expm_multiply(-1j * h, psi, m.times[0], m.times[-1], len(m.times), traceA=-1j * h.diagonal().sum())
    return bosons.reduced(states, len(m.ket))


def by_thermal_mode(m, levels):
    energies, raising, weights = dense.oscillator(m.thermal[0], levels)
    h = dense.joint(m.hamiltonian, energies, raising, m.thermal[0].coupling)
    return dense.reduced(h, m.ket, weights, m.times)


def by_tensor_product(m, sites):
    """All sites, no symmetry used: (2)-(5) as they stand."""
    coupling, up = m.spins
    h = np.kron(m.hamiltonian, np.eye(2**sites))
    state = np.outer(m.ket, m.ket)
    raising = np.array([[0.0, 1.0], [0.0, 0.0]])
    for site in range(sites):
        before, after = np.eye(2**site), np.eye(2 ** (sites - 1 - site))
        v = np.kron(coupling, np.kron(before, np.kron(raising, after))) / np.sqrt(sites)
        h += v + v.T + np.kron(np.eye(2), np.kron(before, np.kron(np.diag([1.0, 0.0]), after)))
        state = np.kron(state, np.diag([up, 1 - up]))
    energies, u = np.linalg.eigh(h)
    state = u.T @ state @ u
    rho = []
    for t in m.times:
        phases = np.exp(-1j * energies * t)
        at = u @ (phases[:, None] * state * phases.conj()) @ u.T
        rho.append(np.einsum("aibi->ab", at.reshape(2, 2**sites, 2, 2**sites)))
    return np.array(rho)


def at_infinity(name):
    m = model(name)
    best, worse = quanta[name]
    rho = by_vacuum_modes(m, best)
    if len(m.thermal) == 1:
        return rho, by_thermal_mode(m, 150), f"modes in their vacuum to {best} quanta; a thermal mode of 150 levels"
    return rho, by_vacuum_modes(m, worse), f"modes in their vacuum to {best} quanta, and to {worse}"


def at_size(name, sites):
    m = model(name)
    small = np.abs(spins.reduced(m, 4, 1e-15) - by_tensor_product(m, 4)).max()
    if small > 1e-11:
        raise SystemExit(f"spin blocks are {small:.1e} from the whole tensor product at M = 4.")
    same = "equal to the tensor product at M = 4"
    if sites <= whole_up_to:
        rho = spins.reduced(m, sites, 1e-15)
        return rho, spins.reduced(m, sites, 1e-13), f"every spin block, dense; {same}; without those lighter than 1e-13"
    if sites <= summed_up_to:
        rho, other = (spins.reduced(m, sites, 1e-14, limit) for limit in rungs)
        return rho, other, f"every spin block, its lowest {rungs[0]} rungs, dense; {same}; {rungs[1]} rungs"
    exact = [(0.0, at_infinity(name)[0])]
    exact += [(1 / size, spins.reduced(m, size, 1e-13, rungs[0])) for size in extrapolated_from]
    how = f"a polynomial in 1/M through infinity and {', '.join(map(str, extrapolated_from))}; without the last one"
    return at(exact, 1 / sites), at(exact[:-1], 1 / sites), how


def at(points, x):
    """Lagrange's polynomial through the points."""
    total = 0
    for i, (x_i, value) in enumerate(points):
        others = [x_j for j, (x_j, _) in enumerate(points) if j != i]
        total = total + value * np.prod([(x - x_j) / (x_i - x_j) for x_j in others])
    return total


def reference(request):
    size = request["size"]
    rho, other, how = at_infinity(request["model"]) if size == "inf" else at_size(request["model"], size)
    return {"rho": protocol.flat(rho), "uncertainty": float(np.abs(rho - other).max()), "how": how}


if __name__ == "__main__":
    protocol.answer(reference)
