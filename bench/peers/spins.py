"""M two-level sites as blocks of total spin j: exact, for M up to some hundreds."""

import numpy as np
from scipy.special import gammaln

import dense


def blocks(sites, population_up):
    """(2j, log weights of m = -j..j at the start, the multiplicity of the block included) for every block."""
    up, down = np.log(population_up), np.log1p(-population_up)

    def binomial(k):
        return gammaln(sites + 1) - gammaln(k + 1) - gammaln(sites - k + 1)

    for twice in range(sites % 2, sites + 1, 2):
        lower = (sites - twice) // 2
        multiplicity = binomial(lower) + np.log((twice + 1) / (sites - lower + 1))
        raised = lower + np.arange(twice + 1)  # sites that are up
        yield twice, multiplicity + raised * up + (sites - raised) * down


def kept(sites, population_up, dropped, rungs=None):
    """(2j, weights) of the heaviest blocks, the others together lighter than `dropped`; only the lowest rungs of each."""
    all_blocks = [(twice, np.exp(log)) for twice, log in blocks(sites, population_up)]
    all_blocks.sort(key=lambda block: block[1].sum())
    lost = np.cumsum([weights.sum() for _, weights in all_blocks])
    return [(twice, weights[:rungs]) for (twice, weights), lighter in zip(all_blocks, lost) if lighter > dropped]


def ladder(twice, sites, rungs=None):
    """(energies, raising operator / sqrt(M)) of a spin j, m from -j up; energies from the lowest level of the block."""
    k = np.arange(min(twice + 1, rungs or twice + 1))
    energies = (sites - twice) / 2 + k
    raising = np.sqrt(k[1:] * (twice + 1.0 - k[1:]) / sites)
    return energies, np.diag(raising, -1)


def reduced(m, sites, dropped, rungs=None, solve=dense.reduced):
    """rho_S(t): the dense dynamics of every block kept, summed."""
    coupling, up = m.spins
    rho = 0
    for twice, weights in kept(sites, up, dropped, rungs):
        energies, raising = ladder(twice, sites, rungs)
        rho = rho + solve(dense.joint(m.hamiltonian, energies, raising, coupling), m.ket, weights, m.times)
    return rho
