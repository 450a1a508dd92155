/** Kets and states by name, with the conventions of QuTiP. */

import { eigh } from "../algebra/hermitian.ts";
import type { Entry, Matrix } from "../algebra/matrix.ts";
import { add, adjoint, identity, matrix, multiply, scale, zeros } from "../algebra/matrix.ts";
import { dimension, real, spin, squareOperator, text, whole } from "./arguments.ts";
import type { Name } from "./name.ts";
import type { Value } from "./value.ts";
import { checkDimension, ExpressionProblem, ket, maxDimension, operator } from "./value.ts";

/** The k-th of n levels, counted from 0; n × 1. */
export function basis(n: number, k: number): Matrix {
  const e = zeros(n, 1);
  e.re[k] = 1;
  return e;
}

/** |ψ⟩⟨ψ| for an n × 1 ket: n × n. */
export function projector(psi: Matrix): Matrix {
  return multiply(psi, adjoint(psi));
}

/**
 * The Gibbs state e^{−βh} / tr e^{−βh} of an n × n Hamiltonian, for any real β: negative means inversion, ±Infinity
 * the (equal mixture of the) lowest or highest levels. Weights are formed relative to the largest, so that nothing
 * overflows.
 */
export function thermal(beta: number, hamiltonian: Matrix): Matrix {
  const n = hamiltonian.rows;
  const { values, vectors } = eigh(hamiltonian);
  const edge = beta >= 0 ? values[0] : values[n - 1];
  const width = values[n - 1] - values[0];
  const weights = Array.from(values, (energy) => {
    const distance = Math.abs(energy - edge);
    if (!Number.isFinite(beta)) return distance <= 1e-10 * width ? 1 : 0;
    return Math.exp(-Math.abs(beta) * distance);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rho = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) {
        const { re, im } = vectors;
        const [a, b, c, d] = [re[i * n + k], im[i * n + k], re[j * n + k], -im[j * n + k]];
        rho.re[i * n + j] += (weights[k] / total) * (a * c - b * d);
        rho.im[i * n + j] += (weights[k] / total) * (a * d + b * c);
      }
    }
  }
  return rho;
}

/** Oscillator state of mean occupation n̄ cut off at n levels: weights ∝ (n̄/(1+n̄))^k, summing to 1. */
function thermalOscillator(n: number, occupation: number): Matrix {
  const rho = zeros(n);
  let total = 0;
  for (let k = 0; k < n; k++) total += rho.re[k * n + k] = (occupation / (1 + occupation)) ** k;
  return scale(rho, 1 / total);
}

/** Σ_k α^k/√k! |k⟩ for k < n, divided by its norm. */
function coherent(n: number, alpha: { re: number; im: number }): Matrix {
  const psi = zeros(n, 1);
  const size = Math.hypot(alpha.re, alpha.im);
  const angle = Math.atan2(alpha.im, alpha.re);
  let logarithm = 0;
  const logarithms = Array.from({ length: n }, (_, k) => {
    if (k > 0) logarithm += Math.log(size) - Math.log(k) / 2;
    return logarithm;
  });
  // Relative to the largest amplitude, so that large α does not overflow.
  const largest = Math.max(...logarithms);
  for (let k = 0; k < n; k++) {
    const amplitude = Math.exp(logarithms[k] - largest);
    psi.re[k] = amplitude * Math.cos(k * angle);
    psi.im[k] = amplitude * Math.sin(k * angle);
  }
  return unit(psi);
}

/** Spin state pointing along (θ, φ): amplitudes √C(2j, j+m) cos^{j+m}(θ/2) sin^{j−m}(θ/2) e^{i(j−m)φ}, m = j … −j. */
function spinCoherent(j: number, theta: number, phi: number): Matrix {
  const n = 2 * j + 1;
  const psi = zeros(n, 1);
  let binomial = 1;
  for (let k = 0; k < n; k++) {
    const amplitude = Math.sqrt(binomial) * Math.cos(theta / 2) ** (n - 1 - k) * Math.sin(theta / 2) ** k;
    psi.re[k] = amplitude * Math.cos(k * phi);
    psi.im[k] = amplitude * Math.sin(k * phi);
    binomial *= (n - 1 - k) / (k + 1);
  }
  return psi;
}

function unit(psi: Matrix): Matrix {
  let square = 0;
  for (let k = 0; k < psi.re.length; k++) square += psi.re[k] ** 2 + psi.im[k] ** 2;
  return scale(psi, 1 / Math.sqrt(square));
}

/** A sum of basis states of `n` qubits, with equal weights. Up is 0. */
function equalSum(n: number, indices: readonly number[]): Matrix {
  checkDimension(2 ** n);
  return unit(indices.map((k) => basis(2 ** n, k)).reduce((sum, one) => add(sum, one)));
}

function qubits(value: Value | undefined): number {
  return value === undefined ? 3 : whole(value, "the number of qubits", 2, Math.log2(maxDimension));
}

const bellStates: Record<string, readonly [number, number, number, number]> = {
  "00": [1, 0, 0, 1],
  "01": [1, 0, 0, -1],
  "10": [0, 1, 1, 0],
  "11": [0, 1, -1, 0],
};
const bellNames: Record<string, string> = { "phi+": "00", "phi-": "01", "psi+": "10", "psi-": "11" };

function qubitKet(name: string, meaning: string, entries: readonly Entry[], elsewhere: readonly string[] = []): Name {
  const psi = matrix(entries.map((entry) => [entry]));
  return { name, usage: name, meaning, elsewhere, arity: [0, 0], build: () => ket(psi) };
}

const half = Math.SQRT1_2;

export const states: readonly Name[] = [
  qubitKet("up", "ket (1, 0): excited, σ_z = 1", [1, 0], ["excited", "e"]),
  qubitKet("down", "ket (0, 1): σ_z = -1", [0, 1], ["ground", "g"]),
  qubitKet("plus", "ket (up + down)/√2: σ_x = 1", [half, half]),
  qubitKet("minus", "ket (up - down)/√2: σ_x = -1", [half, -half]),
  qubitKet("plus_i", "ket (up + i down)/√2: σ_y = 1", [half, [0, half]], ["plus_y"]),
  qubitKet("minus_i", "ket (up - i down)/√2: σ_y = -1", [half, [0, -half]], ["minus_y"]),
  {
    name: "basis",
    usage: "basis(n, k)",
    meaning: "ket of level k (from 0) among n",
    aliases: ["fock"],
    elsewhere: ["level", "number_state"],
    arity: [2, 2],
    build: ([size, k]) => {
      const n = dimension(size);
      return ket(basis(n, whole(k, "the level k", 0, n - 1)));
    },
  },
  {
    name: "spin_state",
    usage: "spin_state(j, m)",
    meaning: "ket of a spin j with J_z = m",
    arity: [2, 2],
    build: ([value, m]) => {
      const { j, n } = spin(value);
      const k = j - real(m, "m");
      if (!Number.isInteger(k) || k < 0 || k >= n) {
        throw new ExpressionProblem(`be given m = ${j}, ${j - 1}, … ${-j}`, `is given m = ${j - k}`);
      }
      return ket(basis(n, k));
    },
  },
  {
    name: "spin_coherent",
    usage: "spin_coherent(j, theta, phi)",
    meaning: "ket of a spin j that points along the polar angles θ, φ",
    arity: [3, 3],
    build: ([value, theta, phi]) => ket(spinCoherent(spin(value).j, real(theta, "theta"), real(phi, "phi"))),
  },
  {
    name: "coherent",
    usage: "coherent(n, alpha)",
    meaning: "ket of an oscillator ∝ Σ α^k/√k! |k>, cut off at n levels and then normalised",
    arity: [2, 2],
    build: ([size, alpha]) => {
      if (alpha.kind !== "scalar") throw new ExpressionProblem("be given a number as alpha", "is given something else");
      return ket(coherent(dimension(size), alpha));
    },
  },
  {
    name: "bell",
    usage: 'bell("phi+")',
    meaning:
      'Bell ket: "phi+" or "00" (the bare `bell`), "phi-" or "01": 00 ± 11; "psi+" or "10", "psi-" or "11": 01 ± 10',
    aliases: ["bell_state"],
    elsewhere: ["singlet", "singlet_state", "epr"],
    arity: [0, 1],
    build: ([which]) => {
      const given = which ? text(which, [...Object.keys(bellStates), ...Object.keys(bellNames)]) : "00";
      return ket(unit(matrix(bellStates[bellNames[given] ?? given].map((x) => [x]))));
    },
  },
  {
    name: "ghz",
    usage: "ghz(n)",
    meaning: "ket (up…up + down…down)/√2 of n qubits (3 if not said)",
    aliases: ["ghz_state"],
    arity: [0, 1],
    build: ([count]) => ket(equalSum(qubits(count), [0, 2 ** qubits(count) - 1])),
  },
  {
    name: "w",
    usage: "w(n)",
    meaning: "ket of n qubits (3 if not said), one of them down, all equally",
    aliases: ["w_state"],
    arity: [0, 1],
    build: ([count]) => {
      const n = qubits(count);
      return ket(
        equalSum(
          n,
          Array.from({ length: n }, (_, k) => 2 ** k),
        ),
      );
    },
  },
  {
    name: "maximally_mixed",
    usage: "maximally_mixed(n)",
    meaning: "state 1/n: infinite temperature",
    aliases: ["maximally_mixed_dm"],
    elsewhere: ["mixed", "infinite_temperature"],
    arity: [1, 1],
    build: ([size]) => {
      const n = dimension(size);
      return operator(scale(identity(n), 1 / n));
    },
  },
  {
    name: "thermal",
    usage: "thermal(beta) or thermal(beta, h)",
    meaning: "Gibbs state exp(-beta h)/Z of the Hamiltonian beside it, or of h; beta may be negative, `inf` or `-inf`",
    elsewhere: ["gibbs", "thermal_state"],
    arity: [1, 2],
    build: ([beta, given], scope) => {
      const h = given === undefined ? scope.hamiltonian : squareOperator(given, "a Hamiltonian as h");
      if (h === undefined) {
        throw new ExpressionProblem(
          "know the Hamiltonian of a thermal state",
          "has none here",
          "Only `system.state` and `reservoir.state` stand beside a Hamiltonian; elsewhere write `thermal(beta, h)`.",
        );
      }
      return operator(thermal(real(beta, "beta", true), h));
    },
  },
  {
    name: "thermal_dm",
    usage: "thermal_dm(n, nbar)",
    meaning: "oscillator state with weights ∝ (nbar/(1 + nbar))^k, cut off at n levels",
    arity: [2, 2],
    build: ([size, value]) => {
      const occupation = real(value, "the mean occupation");
      if (occupation < 0) throw new ExpressionProblem("have a mean occupation ≥ 0", `has ${occupation}`);
      return operator(thermalOscillator(dimension(size), occupation));
    },
  },
];
