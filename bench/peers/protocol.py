"""One JSON request on standard input, one JSON answer on standard output."""

import json
import sys

import numpy as np


def answer(work):
    print(json.dumps(work(json.load(sys.stdin))))


def flat(rho):
    """[time, i, j, re/im] as one list."""
    return np.ascontiguousarray(rho).view(float).ravel().tolist()


def read_rho(path, n):
    with open(path) as file:
        return np.array(json.load(file)["rho"]).view(complex).reshape(-1, n, n)
