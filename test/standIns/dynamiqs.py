"""A stand-in for dynamiqs, with NumPy: the few functions that exported scripts call, as its documentation describes them.

It shows that a script's own arithmetic is right (orders of factors, partial traces, averages), not that dynamiqs agrees.
"""

import numpy as np


class QArray:
    def __init__(self, data, dims):
        self.data, self.dims = np.asarray(data, dtype=complex), tuple(dims)

    def dag(self):
        return QArray(np.swapaxes(self.data.conj(), -1, -2), self.dims)

    def to_jax(self):
        return self.data

    def __matmul__(self, other):
        return QArray(self.data @ other.data, self.dims)

    def __add__(self, other):
        assert self.dims == other.dims and self.data.shape == other.data.shape
        return QArray(self.data + other.data, self.dims)

    def __radd__(self, other):
        assert other == 0
        return self

    def __mul__(self, factor):
        assert np.isscalar(factor), "* is element-wise in dynamiqs"
        return QArray(factor * self.data, self.dims)

    __rmul__ = __mul__


class Options:
    def __init__(self, progress_meter=None):
        pass


class method:
    class Tsit5:
        def __init__(self, rtol, atol, max_steps):
            assert 0 < rtol < 1 and 0 < atol < 1


class Result:
    def __init__(self, states):
        self.states = states


precision = "single"


def set_precision(value):
    global precision
    precision = value


def asqarray(x, dims=None):
    return QArray(x, dims)


def eye(*dims):
    return QArray(np.eye(int(np.prod(dims))), dims)


def destroy(n):
    return QArray(np.diag(np.sqrt(np.arange(1, n)), 1), (n,))


def basis(n, k):
    return QArray(np.eye(n)[:, [k]], (n,))


def tensor(*args):
    data, dims = args[0].data, args[0].dims
    for one in args[1:]:
        data, dims = np.kron(data, one.data), dims + one.dims
    return QArray(data, dims)


def ptrace(x, keep):
    assert keep == tuple(range(len(keep)))
    kept = int(np.prod(x.dims[: len(keep)]))
    rest = int(np.prod(x.dims)) // kept
    if x.data.shape[-1] == 1:
        psi = x.data.reshape(-1, kept, rest)
        return QArray(np.einsum("tab,tcb->tac", psi, psi.conj()), x.dims[: len(keep)])
    rho = x.data.reshape(-1, kept, rest, kept, rest)
    return QArray(np.einsum("tabcb->tac", rho), x.dims[: len(keep)])


def _spectrum(H):
    assert precision == "double" and np.allclose(H.data, H.data.conj().T)
    return np.linalg.eigh(H.data)


def sesolve(H, psi0, tsave, *, method, options):
    energies, vectors = _spectrum(H)
    amplitudes = vectors.conj().T @ psi0.data[:, 0]
    states = np.array([vectors @ (np.exp(-1j * energies * t) * amplitudes) for t in tsave])
    return Result(QArray(states[:, :, None], psi0.dims))


def mesolve(H, jump_ops, rho0, tsave, *, method, options):
    assert jump_ops == []
    energies, vectors = _spectrum(H)
    start = vectors.conj().T @ rho0.data @ vectors
    phases = [np.exp(-1j * energies * t) for t in tsave]
    states = [vectors @ (u[:, None] * start * u.conj()[None, :]) @ vectors.conj().T for u in phases]
    return Result(QArray(np.array(states), rho0.dims))
