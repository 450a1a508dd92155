"""QuTiP 4.7 as its user would drive it at its best; see peer.py for what it is asked and answers."""

import numpy as np
import qutip
from qutip.nonmarkov.heom import BosonicBath, HEOMSolver

import bosons
import dense
import krylov
import peer
import protocol
import spins

methods = ("adams", "bdf")


def solver_options(method, rtol):
    # Without normalize_output=False sesolve starts its integrator anew at every time: 5-20 times slower.
    order = 12 if method == "adams" else 5
    # QuTiP starts as many OpenMP threads as there are processors, whatever OMP_NUM_THREADS says.
    one_thread = {"use_openmp": False, "openmp_threads": 1, "num_cpus": 1}
    tolerances = {"rtol": rtol, "atol": rtol, "nsteps": 10**7, "normalize_output": False}
    return qutip.Options(method=method, order=order, **tolerances, **one_thread)


def entries(n, rest):
    """Operators whose expectation values are ρ_ab, b ≤ a, without the last diagonal entry: the trace is known."""
    pairs = [(a, b) for a in range(n) for b in range(a + 1) if (a, b) != (n - 1, n - 1)]
    ket = lambda k: qutip.basis(n, k)
    return pairs, [qutip.tensor(ket(b) * ket(a).dag(), *rest) for a, b in pairs]


def matrices(n, pairs, values, weight):
    rho = np.empty((len(values[0]), n, n), complex)
    for (a, b), value in zip(pairs, values):
        rho[:, a, b] = value
        rho[:, b, a] = np.conj(value)
    rho[:, -1, -1] = weight - sum(rho[:, a, a] for a in range(n - 1))
    return rho


def vacuum_modes(problem, levels, method, rtol):
    """sesolve, every mode in its vacuum with a cutoff of its own."""
    m = problem.model
    n = len(m.ket)
    unit = [qutip.qeye(d) for d in levels]
    h = qutip.tensor(qutip.Qobj(m.hamiltonian), *unit)
    for k, mode in enumerate(m.vacuum):
        a = qutip.destroy(levels[k])
        on = lambda system, operator: qutip.tensor(system, *unit[:k], operator, *unit[k + 1 :])
        term = on(qutip.Qobj(mode.coupling), a.dag())
        h += mode.frequency * on(qutip.qeye(n), a.dag() * a) + term + term.dag()
    psi = qutip.tensor(qutip.Qobj(m.ket[:, None]), *[qutip.basis(d, 0) for d in levels])
    pairs, operators = entries(n, unit)
    result = qutip.sesolve(h, psi, m.times, operators, options=solver_options(method, rtol))
    return matrices(n, pairs, result.expect, 1)


def mixed(problem, energies, raising, coupling, weights, method, rtol):
    """mesolve, S and one ladder that starts in a mixture."""
    m = problem.model
    n, d = len(m.ket), len(weights)
    a_dag = qutip.Qobj(raising)
    term = qutip.tensor(qutip.Qobj(coupling), a_dag)
    h = qutip.tensor(qutip.Qobj(m.hamiltonian), qutip.qeye(d)) + term + term.dag()
    h += qutip.tensor(qutip.qeye(n), qutip.Qobj(np.diag(energies)))
    start = qutip.tensor(qutip.ket2dm(qutip.Qobj(m.ket[:, None])), qutip.Qobj(np.diag(weights)))
    pairs, operators = entries(n, [qutip.qeye(d)])
    result = qutip.mesolve(h, start, m.times, [], operators, options=solver_options(method, rtol))
    return matrices(n, pairs, result.expect, weights.sum())


def thermal_mode(problem, levels, method, rtol):
    mode = problem.model.thermal[0]
    energies, raising, weights = dense.oscillator(mode, levels)
    return mixed(problem, energies, raising, mode.coupling, weights, method, rtol)


def spin_blocks(problem, dropped, method, rtol):
    coupling, up = problem.model.spins
    rho = 0
    for twice, weights in spins.kept(problem.size, up, dropped):
        energies, raising = spins.ladder(twice, problem.size)
        rho = rho + mixed(problem, energies, raising, coupling, weights, method, rtol)
    return rho


def hierarchy(problem, depth, method, rtol):
    """HEOM: C(t) of what every mode couples to S by, Σ g² ((n + 1) e^{-iωt} + n e^{iωt}), two exponentials each."""
    m = problem.model
    operator = m.thermal[0].coupling
    real, imaginary, rates = [], [], []
    for mode in m.thermal:
        squared = np.vdot(operator, mode.coupling) ** 2 / np.vdot(operator, operator) ** 2
        rates += [1j * mode.frequency, -1j * mode.frequency]
        real += 2 * [squared * (mode.occupation + 0.5)]
        imaginary += [-0.5j * squared, 0.5j * squared]
    bath = BosonicBath(qutip.Qobj(operator), real, rates, imaginary, rates)
    solver = HEOMSolver(qutip.Qobj(m.hamiltonian), bath, max_depth=depth, options=solver_options(method, rtol))
    result = solver.run(qutip.ket2dm(qutip.Qobj(m.ket[:, None])), m.times)
    return np.array([state.full() for state in result.states])


def with_tolerance(problem, solve, parameters, among=methods):
    """The parameters with each integrator and the loosest tolerance that meets the target."""
    least = problem.slowest
    for method in among:
        # The errors of the many entries of a density matrix, and of many blocks, add up.
        loosest = 0 if problem.size == "inf" else -2
        for rtol in problem.target * 10.0 ** np.arange(loosest, loosest - 5, -0.5):
            tried = {**parameters, "method": method, "rtol": float(rtol)}
            rho, seconds = peer.timed(lambda: solve(problem, **tried))
            if problem.error(rho) <= problem.target:
                least = min(least, seconds)
                yield tried
                break
            if seconds > 2 * least:  # and it will be slower with a tighter tolerance
                break


def vacuum_candidates(problem):
    levels = smallest_box(problem)
    return [] if levels is None else with_tolerance(problem, vacuum_modes, {"levels": levels})


def smallest_box(problem):
    """A cutoff for each mode, lowered one after the other; with many modes, of the states with few quanta in all."""
    m = problem.model
    modes = len(m.vacuum)
    most = {1: 40, 2: 40}.get(modes, 9)

    def meets(levels, share):
        occupations = bosons.box(levels) if modes <= 2 else bosons.simplex(modes, most)
        occupations = occupations[(occupations < levels).all(1)]
        h = bosons.hamiltonian(m.hamiltonian, m.vacuum, occupations)
        psi = bosons.start(m.ket, len(occupations))
        rho = krylov.evolve(h, psi, m.times, 30, 5, lambda states: bosons.reduced(states, len(m.ket)))
        return problem.error(rho) <= share * problem.target

    uniform = next((n for n in range(3, most) if meets([n] * modes, 0.5)), None)
    if uniform is None:
        return None
    levels = [uniform] * modes
    for k in reversed(range(modes)):
        while levels[k] > 2 and meets([*levels[:k], levels[k] - 1, *levels[k + 1 :]], 0.8):
            levels[k] -= 1
    return levels


def thermal_candidates(problem):
    def truncated(levels):
        mode = problem.model.thermal[0]
        energies, raising, weights = dense.oscillator(mode, levels)
        h = dense.joint(problem.model.hamiltonian, energies, raising, mode.coupling)
        return dense.reduced(h, problem.model.ket, weights, problem.model.times)

    levels = problem.smallest(range(4, 120), truncated)
    # The smallest leaves the integrator no room; one more does.
    for n in [] if levels is None else [levels, levels + 1]:
        yield from with_tolerance(problem, thermal_mode, {"levels": n})


def block_candidates(problem):
    # What takes a minute is not tried with every option: "adams" is the faster one wherever both were.
    among = methods if problem.size <= 20 else ["adams"]
    return with_tolerance(problem, spin_blocks, {"dropped": problem.target}, among)


def hierarchy_candidates(problem):
    # A tight tolerance costs little here.
    precise = {"method": "adams", "rtol": 1e-3 * problem.target}
    depth = problem.smallest(range(3, 11), lambda n: hierarchy(problem, n, **precise))
    return [] if depth is None else with_tolerance(problem, hierarchy, {"depth": depth})


on_kets_or_mixtures = {
    "sesolve, modes in their vacuum": (lambda p: p.size == "inf", vacuum_candidates, vacuum_modes),
    "mesolve, thermal pair as one mode": (
        lambda p: p.size == "inf" and p.name in ("B1", "B2", "B5"),
        thermal_candidates,
        thermal_mode,
    ),
    "mesolve, spin blocks": (lambda p: p.size != "inf", block_candidates, spin_blocks),
}
heom = {"HEOM": (lambda p: p.size == "inf" and p.name == "B3", hierarchy_candidates, hierarchy)}
ways = {None: on_kets_or_mixtures, "heom": heom}

if __name__ == "__main__":
    protocol.answer(lambda request: peer.run(ways[request.get("variant")], request))
