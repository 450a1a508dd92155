/** Constants and functions that expressions may use. */

import { norm, scale, trace } from "../algebra/matrix.ts";
import { dimension, tensor, whole } from "./arguments.ts";
import type { Name } from "./name.ts";
import { basis, projector } from "./states.ts";
import type { Scalar, Value } from "./value.ts";
import { dagger, ExpressionProblem, operator, power, scalar, tensorProduct, valueText } from "./value.ts";

export const functions: readonly Name[] = [
  constant("pi", "3.14159…", scalar(Math.PI)),
  constant("i", "imaginary unit; `2i` is understood as well", scalar(0, 1), ["j", "I", "1j"]),
  constant("inf", "infinity, for `thermal(inf)`", scalar(Number.POSITIVE_INFINITY), ["infinity"]),
  {
    name: "kron",
    usage: "kron(a, b, …)",
    meaning: "Kronecker product of operators or of kets; the first factor is the slowest index",
    aliases: ["tensor"],
    arity: [1, 16],
    build: (args) => args.map((arg) => tensor(arg, "operators or kets")).reduce(tensorProduct),
  },
  {
    name: "dag",
    usage: "dag(a)",
    meaning: "Hermitian conjugate; makes a ket a bra, so that `a * dag(b)` is |a><b|",
    elsewhere: ["adjoint", "dagger", "hc", "conj"],
    arity: [1, 1],
    build: ([a]) => dagger(a),
  },
  {
    name: "proj",
    usage: "proj(ket) or proj(n, k)",
    meaning: "|k><k| of a ket as it is (not normalised), or of level k (from 0) among n",
    aliases: ["dm", "ket2dm", "fock_dm"],
    elsewhere: ["projector", "density"],
    arity: [1, 2],
    build: ([a, k]) => {
      if (k !== undefined) {
        const n = dimension(a);
        return operator(projector(basis(n, whole(k, "the level k", 0, n - 1))));
      }
      if (a.kind !== "ket") throw new ExpressionProblem("be given a ket", `is given ${valueText(a)}`);
      return operator(projector(a.matrix));
    },
  },
  {
    name: "unit",
    usage: "unit(a)",
    meaning: "a ket divided by its norm, or an operator by its trace: for states written without their normalisation",
    elsewhere: ["normalise", "normalize", "normalized"],
    arity: [1, 1],
    build: ([a]) => {
      const given = tensor(a, "a ket or an operator");
      const divisor = given.kind === "operator" ? trace(given.matrix) : { re: norm(given.matrix), im: 0 };
      const size = divisor.re ** 2 + divisor.im ** 2;
      if (size === 0) {
        const what = given.kind === "operator" ? "trace" : "norm";
        throw new ExpressionProblem(`have a ${what} other than 0`, `has ${what} 0`);
      }
      return { kind: given.kind, matrix: scale(given.matrix, { re: divisor.re / size, im: -divisor.im / size }) };
    },
  },
  {
    name: "tr",
    usage: "tr(a)",
    meaning: "trace",
    elsewhere: ["trace"],
    arity: [1, 1],
    build: ([a]) => {
      const given = tensor(a, "an operator");
      if (given.kind !== "operator") throw new ExpressionProblem("be given an operator", `is given ${valueText(a)}`);
      const { re, im } = trace(given.matrix);
      return scalar(re, im);
    },
  },
  ofNumber("sqrt", "square root of a number (principal value)", (z) => power(z, scalar(0.5)) as Scalar),
  ofNumber("exp", "exponential of a number", ({ re, im }) =>
    im === 0 ? scalar(Math.exp(re)) : scalar(Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)),
  ),
  ofNumber("cos", "cosine of a number", ({ re, im }) =>
    scalar(Math.cos(re) * Math.cosh(im), im === 0 ? 0 : -Math.sin(re) * Math.sinh(im)),
  ),
  ofNumber("sin", "sine of a number", ({ re, im }) =>
    scalar(Math.sin(re) * Math.cosh(im), im === 0 ? 0 : Math.cos(re) * Math.sinh(im)),
  ),
];

function constant(name: string, meaning: string, value: Value, elsewhere: readonly string[] = []): Name {
  return { name, usage: name, meaning, elsewhere, arity: [0, 0], build: () => value };
}

function ofNumber(name: string, meaning: string, f: (z: Scalar) => Scalar): Name {
  return {
    name,
    usage: `${name}(z)`,
    meaning,
    arity: [1, 1],
    build: ([z]) => {
      if (z.kind === "scalar") return f(z);
      throw new ExpressionProblem("be given a number", `is given ${valueText(z)}`);
    },
  };
}
