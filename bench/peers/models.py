"""B1-B6 derived by hand, on paper, from their definitions: nothing here comes from bosonize.

A reservoir is a list of oscillators; each couples to S by coupling * a† + h.c. All couplings are real here.
`vacuum` are the modes of the limit M = infinity in their vacuum; `thermal` the same pairs of modes as one mode in a
thermal state. `spins` says what a finite number of two-level sites is coupled by.
"""

from dataclasses import dataclass, field

import numpy as np

up_down = np.array([[0.0, 1.0], [0.0, 0.0]])  # |up><down|, up = index 0
sigma_x = up_down + up_down.T
sigma_z = np.diag([1.0, -1.0])
one = np.eye(2)
plus = np.array([1.0, 1.0]) / np.sqrt(2)


@dataclass
class Mode:
    frequency: float
    coupling: np.ndarray  # the operator beside a†
    occupation: float = 0.0  # mean number of quanta at the start


@dataclass
class Reduced:
    """S, and oscillators in the limit, or M two-level sites."""

    hamiltonian: np.ndarray
    ket: np.ndarray
    times: np.ndarray
    vacuum: list = field(default_factory=list)
    thermal: list = field(default_factory=list)
    spins: tuple = None  # (operator beside the sum of |up><down| over the sites, population of up)


def two_level(hamiltonian, raising_coupling, times):
    """Sites of splitting 1 with 0.3 up and 0.7 down; V = M^(-1/2) sum of coupling |up><down| + h.c."""
    return Reduced(
        hamiltonian,
        plus,
        times,
        [Mode(1.0, np.sqrt(0.7) * raising_coupling), Mode(-1.0, np.sqrt(0.3) * raising_coupling.T)],
        [Mode(1.0, np.sqrt(0.4) * raising_coupling, 0.3 / 0.4)],
        (raising_coupling, 0.3),
    )


def qutrits():
    energies = np.array([0.0, 0.8, 1.9])
    p = np.exp(-energies) / np.exp(-energies).sum()
    coupling = 2 * 0.5 * (0.1 * sigma_z + 0.05 * sigma_x)  # twice: H.c. is added to what is Hermitian
    vacuum, thermal = [], []
    for k in range(3):
        for l in range(k + 1, 3):
            w = energies[l] - energies[k]
            vacuum += [Mode(w, np.sqrt(p[k]) * coupling), Mode(-w, np.sqrt(p[l]) * coupling)]
            thermal.append(Mode(w, np.sqrt(p[k] - p[l]) * coupling, p[l] / (p[k] - p[l])))
    return Reduced(0.5 * sigma_z + 0.2 * sigma_x, plus, np.linspace(0, 30, 301), vacuum, thermal)


def two_qubits():
    first, second = (lambda a: np.kron(a, one)), (lambda a: np.kron(one, a))
    coupling = 0.2 * (first(sigma_x) + second(sigma_x))
    ket = np.kron([1.0, 0.0], [0.0, 1.0])
    modes = [Mode(1.0, coupling)]
    return Reduced(0.5 * first(sigma_z) + 0.55 * second(sigma_z), ket, np.linspace(0, 60, 601), modes, modes)


def ladder():
    """All steps of the ladder have frequency 1 and one operator of S: one pair of modes."""
    p = np.exp(-0.7 * np.arange(5)) / np.exp(-0.7 * np.arange(5)).sum()
    steps = (np.arange(4) + 1) / 4  # |v|² of the steps k -> k+1
    coupling = 2 * 0.1 * sigma_x
    emitted, absorbed = (steps * p[:-1]).sum(), (steps * p[1:]).sum()
    return Reduced(
        0.5 * sigma_z,
        plus,
        np.linspace(0, 60, 601),
        [Mode(1.0, np.sqrt(emitted) * coupling), Mode(-1.0, np.sqrt(absorbed) * coupling)],
        [Mode(1.0, np.sqrt(emitted - absorbed) * coupling, absorbed / (emitted - absorbed))],
    )


def model(name):
    if name == "B1":
        return two_level(0.5 * sigma_z, 0.15 * up_down.T, np.linspace(0, 60, 601))
    if name == "B2":
        return two_level(0.5 * sigma_z + 0.3 * sigma_x, 0.2 * sigma_x, np.linspace(0, 60, 601))
    return {"B3": qutrits, "B4": two_qubits, "B5": ladder}[name]()
