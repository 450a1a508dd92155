/** Operators by name, with the conventions of QuTiP: index 0 is up, the excited level, and m = j … −j. */

import type { Matrix } from "../algebra/matrix.ts";
import { add, diagonal, identity, matrix, scale, zeros } from "../algebra/matrix.ts";
import { dimension, spin, text, whole } from "./arguments.ts";
import type { Name } from "./name.ts";
import { operator } from "./value.ts";

/** Lowering operator of an oscillator cut off at n levels: ⟨k−1|a|k⟩ = √k; n × n. */
export function destroy(n: number): Matrix {
  const a = zeros(n);
  for (let k = 1; k < n; k++) a.re[(k - 1) * n + k] = Math.sqrt(k);
  return a;
}

/** Raising operator, the adjoint of destroy(n); n × n. */
export function create(n: number): Matrix {
  const a = zeros(n);
  for (let k = 1; k < n; k++) a.re[k * n + k - 1] = Math.sqrt(k);
  return a;
}

/** Number operator diag(0, 1, …, n−1). */
export function num(n: number): Matrix {
  return diagonal(Array.from({ length: n }, (_, k) => k));
}

/** Which spin matrix: a component, or raising "+" and lowering "-". */
export type SpinComponent = "x" | "y" | "z" | "+" | "-";

/** Spin matrix of spin j = 1/2, 1, 3/2, … in the basis m = j … −j; (2j+1) × (2j+1). */
export function jmat(j: number, component: SpinComponent): Matrix {
  const n = 2 * j + 1;
  const raising = zeros(n);
  const lowering = zeros(n);
  for (let k = 1; k < n; k++) {
    const m = j - k;
    const element = Math.sqrt(j * (j + 1) - m * (m + 1));
    raising.re[(k - 1) * n + k] = element;
    lowering.re[k * n + k - 1] = element;
  }
  switch (component) {
    case "+":
      return raising;
    case "-":
      return lowering;
    case "x":
      return scale(add(raising, lowering), 0.5);
    case "y":
      return scale(add(raising, lowering, -1), { re: 0, im: -0.5 });
    case "z":
      return diagonal(Array.from({ length: n }, (_, k) => j - k));
  }
}

/** |a⟩⟨b| among n levels counted from 0; n × n. */
export function projection(n: number, a: number, b: number): Matrix {
  const p = zeros(n);
  p.re[a * n + b] = 1;
  return p;
}

const pauli = {
  sigmax: [
    [0, 1],
    [1, 0],
  ],
  sigmay: [
    [0, [0, -1]],
    [[0, 1], 0],
  ],
  sigmaz: [
    [1, 0],
    [0, -1],
  ],
  sigmap: [
    [0, 1],
    [0, 0],
  ],
  sigmam: [
    [0, 0],
    [1, 0],
  ],
} as const;

function fixed(name: keyof typeof pauli, meaning: string, elsewhere: readonly string[]): Name {
  return { name, usage: name, meaning, elsewhere, arity: [0, 0], build: () => operator(matrix(pauli[name])) };
}

function ofDimension(
  name: string,
  meaning: string,
  build: (n: number) => Matrix,
  other: Pick<Name, "aliases" | "elsewhere"> = {},
): Name {
  const usage = `${name}(n)`;
  return { name, usage, meaning, ...other, arity: [1, 1], build: ([n]) => operator(build(dimension(n))) };
}

export const operators: readonly Name[] = [
  fixed("sigmax", "Pauli matrix σ_x", ["sx", "X", "pauli_x", "sigma_1"]),
  fixed("sigmay", "Pauli matrix σ_y", ["sy", "Y", "pauli_y", "sigma_2"]),
  fixed("sigmaz", "Pauli matrix σ_z = diag(1, -1): index 0 is `up`", ["sz", "Z", "pauli_z", "sigma_3"]),
  fixed("sigmap", "raising |up><down| = (σ_x + iσ_y)/2", ["sp", "sigma_plus", "sigmaplus", "raising"]),
  fixed("sigmam", "lowering |down><up| = (σ_x - iσ_y)/2", ["sm", "sigma_minus", "sigmaminus", "lowering"]),
  {
    name: "jmat",
    usage: 'jmat(j, "x")',
    meaning: 'spin matrix of spin j = 1/2, 1, 3/2, …: "x", "y", "z", raising "+" or lowering "-"; basis m = j … -j',
    elsewhere: ["spin_Jx", "spin_Jy", "spin_Jz", "spin_Jp", "spin_Jm", "Jx", "Jy", "Jz", "spinmatrix"],
    arity: [2, 2],
    build: ([j, component]) => {
      const chosen = text(component, ["x", "y", "z", "+", "-"]) as SpinComponent;
      return operator(jmat(spin(j).j, chosen));
    },
  },
  ofDimension("destroy", "oscillator lowering operator a, cut off at n levels", destroy, {
    elsewhere: ["a", "annihilate"],
  }),
  ofDimension("create", "oscillator raising operator a†, cut off at n levels", create, { elsewhere: ["adag"] }),
  ofDimension("num", "number operator diag(0, 1, …, n-1)", num, { elsewhere: ["number", "n_op"] }),
  ofDimension("position", "(a + a†)/√2, cut off at n levels", (n) => scale(add(destroy(n), create(n)), Math.SQRT1_2)),
  ofDimension("momentum", "-i (a - a†)/√2, cut off at n levels", (n) =>
    scale(add(destroy(n), create(n), -1), { re: 0, im: -Math.SQRT1_2 }),
  ),
  ofDimension("qeye", "identity", identity, { aliases: ["identity"], elsewhere: ["eye", "id", "one", "unity"] }),
  ofDimension("qzero", "zero operator; a plain `0` does as well", (n) => zeros(n), { elsewhere: ["zero", "zeros"] }),
  {
    name: "projection",
    usage: "projection(n, a, b)",
    meaning: "|a><b| among n levels counted from 0: a transition from b to a",
    elsewhere: ["transition", "ketbra"],
    arity: [3, 3],
    build: ([size, a, b]) => {
      const n = dimension(size);
      return operator(projection(n, whole(a, "the level a", 0, n - 1), whole(b, "the level b", 0, n - 1)));
    },
  },
];
