"""What a good physicist writes by hand with numpy and scipy; see peer.py for what it is asked and answers."""

import bosons
import dense
import krylov
import peer
import protocol
import spins


def one_mode(problem, levels, mixed=dense.reduced, pure=dense.pure):
    m = problem.model
    mode = m.thermal[0]
    energies, raising, weights = dense.oscillator(mode, levels)
    h = dense.joint(m.hamiltonian, energies, raising, mode.coupling)
    if mode.occupation == 0:
        return pure(h, m.ket, levels, m.times)
    return mixed(h, m.ket, weights, m.times)


def one_mode_plainly(problem, levels):
    return one_mode(problem, levels, dense.reduced_time_by_time, dense.pure_time_by_time)


def one_mode_levels(problem):
    levels = problem.smallest(range(4, 120), lambda n: one_mode(problem, n))
    return [] if levels is None else [{"levels": levels}]


def lanczos(problem, quanta, dimension, steps):
    m = problem.model
    occupations = bosons.simplex(len(m.vacuum), quanta)
    h = bosons.hamiltonian(m.hamiltonian, m.vacuum, occupations)
    n = len(m.ket)
    psi = bosons.start(m.ket, len(occupations))
    return krylov.evolve(h, psi, m.times, dimension, steps, lambda states: bosons.reduced(states, n))


def lanczos_windows(problem):
    quanta = problem.smallest(range(3, 12), lambda n: lanczos(problem, n, 24, 5))
    if quanta is None:
        return
    for dimension in (10, 14, 18, 24, 30, 40):
        steps = (5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60)
        works = lambda s: problem.error(lanczos(problem, quanta, dimension, s)) <= problem.target
        widest = next((s for s in reversed(steps) if works(s)), None)
        if widest is not None:
            yield {"quanta": quanta, "dimension": dimension, "steps": widest}


def whole_blocks(problem, dropped):
    return spins.reduced(problem.model, problem.size, dropped)


def whole_blocks_plainly(problem, dropped):
    return spins.reduced(problem.model, problem.size, dropped, solve=dense.reduced_time_by_time)


def cut_blocks(problem, dropped, rungs):
    return spins.reduced(problem.model, problem.size, dropped, rungs)


def weight_dropped(problem):
    shares = (4, 2, 1, 0.5, 0.25, 0.1, 0.01, 0)
    dropped = problem.smallest((s * problem.target for s in shares), lambda d: whole_blocks(problem, d))
    return [] if dropped is None else [{"dropped": dropped}]


def weight_and_rungs(problem):
    for share in (2, 1, 0.5, 0.25, 0.1):
        cut = lambda rungs: cut_blocks(problem, share * problem.target, rungs)
        rungs = problem.smallest(range(8, 80, 2), cut)
        if rungs is not None:
            return [{"dropped": share * problem.target, "rungs": rungs}]
    return []


def limit(names):
    return lambda problem: problem.size == "inf" and problem.name in names


def finite(problem):
    return problem.size != "inf"


krylov_way = {"excitation cutoff, Lanczos": (limit(["B3"]), lanczos_windows, lanczos)}
variants = {
    # As it is written down first, in a loop over the times.
    "plain": {
        "one mode in its vacuum, dense": (limit(["B4"]), one_mode_levels, one_mode_plainly),
        "thermal pair as one mode, dense": (limit(["B1", "B2", "B5"]), one_mode_levels, one_mode_plainly),
        "spin blocks, dense": (finite, weight_dropped, whole_blocks_plainly),
        **krylov_way,
    },
    # All times in real matrix products.
    "polished": {
        "one mode in its vacuum, dense": (limit(["B4"]), one_mode_levels, one_mode),
        "thermal pair as one mode, dense": (limit(["B1", "B2", "B5"]), one_mode_levels, one_mode),
        "spin blocks, dense": (finite, weight_dropped, whole_blocks),
        **krylov_way,
    },
    # And the ladder of every block cut where it is hardly occupied, as bosonize itself does.
    "cut": {"spin blocks cut at a rung, dense": (finite, weight_and_rungs, cut_blocks)},
}

if __name__ == "__main__":
    protocol.answer(lambda request: peer.run(variants[request["variant"]], request))
