"""What every peer does: tune the ways it knows to a true error, then time the fastest of them.

Request: {"model", "size", "target", "reference": path, "tuned": {"way", "parameters"} or null, "slowest": seconds}.
Answer: {"way", "parameters", "error", "seconds": CPU of build + solve, median of "repeats", "runs"}, or {"way": null} if no
way meets the target in the time allowed.
"""

import time

import numpy as np

import protocol
from models import model


class Problem:
    def __init__(self, request):
        self.name, self.size, self.target = request["model"], request["size"], request["target"]
        self.model = model(self.name)
        self.slowest = request["slowest"]
        self.reference = protocol.read_rho(request["reference"], len(self.model.ket))

    def error(self, rho):
        return float(np.abs(rho - self.reference).max())

    def smallest(self, candidates, solve):
        """The first of the candidates with which solve(candidate) meets the target, or None."""
        return next((c for c in candidates if self.error(solve(c)) <= self.target), None)


def timed(work):
    """(result, CPU seconds) of one run."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def median_time(work, first, repeats=9, budget=20.0):
    """(median, number) of CPU times; `first` is what a run takes about, and fewer are done if they take long."""
    number = max(1, min(repeats, int(budget / max(first, 1e-9))))
    return float(np.median([timed(work)[1] for _ in range(number)])), number


def run(ways, request):
    """`ways`: name -> (applies(problem), tune(problem) -> candidates for parameters, solve(problem, **parameters))."""
    problem = Problem(request)
    tuned = request["tuned"]
    if tuned is None:
        tuned = fastest(ways, problem)
        if tuned is None:
            return {"way": None}
    way, parameters = tuned["way"], tuned["parameters"]
    work = lambda: ways[way][2](problem, **parameters)
    rho, first = timed(work)
    seconds, repeats = median_time(work, first)
    return {
        "way": way,
        "parameters": parameters,
        "error": problem.error(rho),
        "seconds": seconds,
        "repeats": repeats,
    }


def fastest(ways, problem):
    best, least = None, problem.slowest
    for way, (applies, candidates, solve) in ways.items():
        if not applies(problem):
            continue
        for parameters in candidates(problem):
            rho, first = timed(lambda: solve(problem, **parameters))
            if problem.error(rho) > problem.target or first > 2 * least:
                continue
            # The least of a few: what else runs on the machine only ever adds.
            again = [timed(lambda: solve(problem, **parameters))[1] for _ in range(4 if first < 2 else 0)]
            if min([first, *again]) < least:
                best, least = {"way": way, "parameters": parameters}, min([first, *again])
    return best
