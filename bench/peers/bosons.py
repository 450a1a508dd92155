"""Several oscillators in their vacuum, as sparse matrices over the states kept."""

import itertools

import numpy as np
import scipy.sparse as sp


def box(levels):
    """Occupations of all states with n_k < levels[k], the vacuum first."""
    return np.stack(np.unravel_index(np.arange(np.prod(levels)), levels), axis=1)


def simplex(modes, quanta):
    """Occupations of all states with at most so many quanta in all, by their number: the vacuum first."""
    states = [np.zeros((1, modes), int)]
    for total in range(1, quanta + 1):
        places = np.array(list(itertools.combinations_with_replacement(range(modes), total)))
        states.append(np.stack([(places == k).sum(1) for k in range(modes)], axis=1))
    return np.concatenate(states)


def hamiltonian(system, modes, occupations):
    """H on bosons ⊗ S (S the fast index), real, in CSR."""
    size = len(occupations)
    radix = occupations.max(0) + 2
    keys = np.ravel_multi_index(occupations.T, radix)
    order = np.argsort(keys)
    energies = occupations @ np.array([mode.frequency for mode in modes])
    h = sp.kron(sp.diags(energies), sp.identity(len(system))) + sp.kron(sp.identity(size), system)
    for k, mode in enumerate(modes):
        raised = occupations.copy()
        raised[:, k] += 1
        wanted = np.ravel_multi_index(raised.T, radix)
        place = np.minimum(np.searchsorted(keys, wanted, sorter=order), size - 1)
        kept = keys[order[place]] == wanted
        amplitudes = np.sqrt(raised[kept, k].astype(float))
        ladder = sp.csr_matrix((amplitudes, (order[place[kept]], np.nonzero(kept)[0])), (size, size))
        term = sp.kron(ladder, mode.coupling)
        h = h + term + term.T
    h = h.tocsr()
    h.eliminate_zeros()
    return h


def start(ket, size):
    psi = np.zeros(size * len(ket), complex)
    psi[: len(ket)] = ket
    return psi


def reduced(psi, n):
    """rho_S of vectors [time, bosons ⊗ S] with n levels of S."""
    parts = psi.reshape(len(psi), -1, n)
    return np.matmul(parts.transpose(0, 2, 1), parts.conj())
