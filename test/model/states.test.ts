import { describe, expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import type { Matrix } from "../../src/algebra/matrix.ts";
import {
  commutator,
  diagonal,
  identity,
  kron,
  matrix,
  maxAbs,
  multiply,
  norm,
  scale,
  subtract,
  trace,
  traceOfProduct,
} from "../../src/algebra/matrix.ts";
import { evaluate } from "../../src/model/expression.ts";
import { destroy, jmat, num } from "../../src/model/operators.ts";
import { basis, projector, states, thermal } from "../../src/model/states.ts";
import { random, randomHermitian } from "../oracle/random.ts";

function named(text: string, hamiltonian?: Matrix): Matrix {
  const { value, problem } = evaluate(text, { hamiltonian });
  if (problem) throw problem;
  if (value.kind === "scalar" || value.kind === "text") throw new Error(`${text} is a ${value.kind}`);
  return value.matrix;
}

function far(a: Matrix, b: Matrix): number {
  return maxAbs(subtract(a, b));
}

/** How far a ψ is from λ ψ. */
function eigenDefect(a: Matrix, psi: Matrix, lambda: number): number {
  return far(multiply(a, psi), scale(psi, lambda));
}

describe("kets of a qubit", () => {
  test.each([
    ["up", "sigmaz", 1],
    ["down", "sigmaz", -1],
    ["plus", "sigmax", 1],
    ["minus", "sigmax", -1],
    ["plus_i", "sigmay", 1],
    ["minus_i", "sigmay", -1],
  ])("%s is an eigenvector of %s with eigenvalue %i, of norm 1", (name, pauli, value) => {
    expect(eigenDefect(named(pauli), named(name), value)).toBeLessThan(1e-15);
    expect(norm(named(name))).toBeCloseTo(1, 15);
  });
});

describe("kets of more levels", () => {
  test("basis(n, k) is level k, spin_state(j, m) has J_z = m", () => {
    expect(far(named("basis(3, 1)"), matrix([[0], [1], [0]]))).toBe(0);
    expect(far(named("fock(3, 1)"), basis(3, 1))).toBe(0);
    for (const m of [1.5, 0.5, -0.5, -1.5]) {
      expect(eigenDefect(jmat(1.5, "z"), named(`spin_state(3/2, ${m})`), m)).toBe(0);
    }
    expect(evaluate("spin_state(1, 1/2)").problem?.but).toContain("m = 0.5");
    expect(evaluate("spin_state(1, 2)").problem?.must).toBe("be given m = 1, 0, … -1");
  });

  test("spin_coherent(j, θ, φ) is the eigenvector of J along (θ, φ) with the greatest eigenvalue", () => {
    const [theta, phi] = [0.7, -2.1];
    for (const j of [0.5, 1, 3.5]) {
      const along = [
        scale(jmat(j, "x"), Math.sin(theta) * Math.cos(phi)),
        scale(jmat(j, "y"), Math.sin(theta) * Math.sin(phi)),
        scale(jmat(j, "z"), Math.cos(theta)),
      ].reduce((total, a) => subtract(total, scale(a, -1)));
      const psi = named(`spin_coherent(${j}, ${theta}, ${phi})`);
      expect(eigenDefect(along, psi, j)).toBeLessThan(1e-14);
      expect(norm(psi)).toBeCloseTo(1, 14);
    }
  });

  test("coherent(n, α) is normalised, and an eigenvector of a but for the cut", () => {
    const psi = named("coherent(40, 0.8-0.5i)");
    expect(norm(psi)).toBeCloseTo(1, 14);
    const lowered = multiply(destroy(40), psi);
    const expected = scale(psi, { re: 0.8, im: -0.5 });
    expect(far(lowered, expected)).toBeLessThan(1e-13);
    expect(far(named("coherent(5, 0)"), basis(5, 0))).toBe(0);
    expect(norm(named("coherent(5, 1e9)"))).toBeCloseTo(1, 14);
  });

  test("Bell states are orthonormal, stabilised by the right Paulis; the singlet has no spin", () => {
    const names = ["phi+", "phi-", "psi+", "psi-"];
    const signs = { "phi+": [1, 1], "phi-": [-1, 1], "psi+": [1, -1], "psi-": [-1, -1] };
    for (const [name, [xx, zz]] of Object.entries(signs)) {
      const psi = named(`bell("${name}")`);
      expect(eigenDefect(named("kron(sigmax, sigmax)"), psi, xx)).toBeLessThan(1e-15);
      expect(eigenDefect(named("kron(sigmaz, sigmaz)"), psi, zz)).toBeLessThan(1e-15);
    }
    names.forEach((name, k) => {
      expect(far(named(`bell("${name}")`), named(`bell_state("${["00", "01", "10", "11"][k]}")`))).toBe(0);
    });
    expect(far(named("bell"), named('bell("phi+")'))).toBe(0);
    const total = named("kron(sigmaz, qeye(2)) + kron(qeye(2), sigmaz)");
    expect(maxAbs(multiply(total, named('bell("psi-")')))).toBe(0);
  });

  test("ghz and w are the sums they are said to be, of three qubits if nothing is said", () => {
    expect(far(named("ghz(3)"), named("unit(kron(up, up, up) + kron(down, down, down))"))).toBeLessThan(1e-15);
    const w = named("unit(kron(down, up, up) + kron(up, down, up) + kron(up, up, down))");
    expect(far(named("w(3)"), w)).toBeLessThan(1e-15);
    expect(far(named("w"), w)).toBeLessThan(1e-15);
    expect(named("ghz").rows).toBe(8);
    expect(evaluate("ghz(7)").problem?.must).toContain("from 2 to 6");
  });
});

describe("the thermal state", () => {
  const from = random(5);

  test("of a diagonal Hamiltonian has Boltzmann weights, for positive and negative temperature", () => {
    for (const beta of [0.3, -2, 0]) {
      const weights = [0, 0.4, 1].map((energy) => Math.exp(-beta * energy));
      const z = weights[0] + weights[1] + weights[2];
      expect(far(thermal(beta, diagonal([0, 0.4, 1])), diagonal(weights.map((w) => w / z)))).toBeLessThan(1e-15);
    }
  });

  test("of any Hamiltonian is a state that commutes with it, with -d ln Z/dβ as energy", () => {
    for (let round = 0; round < 10; round++) {
      const h = randomHermitian(from, 5);
      const beta = from.between(-2, 2);
      const rho = thermal(beta, h);
      expect(trace(rho).re).toBeCloseTo(1, 13);
      expect(maxAbs(commutator(h, rho))).toBeLessThan(1e-13);
      const lnZ = (b: number): number => Math.log(eigh(h).values.reduce((sum, e) => sum + Math.exp(-b * e), 0));
      const slope = (lnZ(beta + 1e-5) - lnZ(beta - 1e-5)) / 2e-5;
      expect(traceOfProduct(rho, h).re).toBeCloseTo(-slope, 7);
    }
  });

  test("at β = ±∞ is the lowest or highest level, shared equally if degenerate, without overflow", () => {
    expect(far(thermal(Number.POSITIVE_INFINITY, diagonal([2, 0, 0])), diagonal([0, 0.5, 0.5]))).toBe(0);
    expect(far(thermal(Number.NEGATIVE_INFINITY, diagonal([2, 0, 0])), diagonal([1, 0, 0]))).toBe(0);
    expect(far(thermal(1e6, diagonal([-1e6, 0])), diagonal([1, 0]))).toBe(0);
    expect(far(named("thermal(-inf)", diagonal([2, 0])), diagonal([1, 0]))).toBe(0);
  });

  test("takes the Hamiltonian it stands beside, or the one given, and asks for one where there is none", () => {
    expect(far(named("thermal(2)", diagonal([1, 0])), named("thermal(2, proj(up))"))).toBe(0);
    expect(evaluate("thermal(2)").problem?.suggestion).toContain("thermal(beta, h)");
  });
});

describe("other states", () => {
  test("thermal_dm(n, n̄) has mean occupation n̄ where the cut is far away", () => {
    const rho = named("thermal_dm(60, 0.7)");
    expect(trace(rho).re).toBeCloseTo(1, 14);
    expect(traceOfProduct(rho, num(60)).re).toBeCloseTo(0.7, 12);
    expect(far(named("thermal_dm(3, 0)"), diagonal([1, 0, 0]))).toBe(0);
    expect(evaluate("thermal_dm(3, -1)").problem?.but).toContain("has -1");
  });

  test("maximally_mixed(n) is 1/n", () => {
    expect(far(named("maximally_mixed(4)"), scale(identity(4), 0.25))).toBe(0);
  });

  test("the projector of a product is the product of the projectors", () => {
    const [a, b] = [named("plus_i"), named("basis(3, 1)")];
    expect(far(projector(kron(a, b)), kron(projector(a), projector(b)))).toBeLessThan(1e-15);
  });
});

test("every state of the table can be written as its usage says", () => {
  const values: Record<string, string> = {
    n: "4",
    k: "1",
    j: "3/2",
    m: "-1/2",
    theta: "0.1",
    phi: "2",
    alpha: "i",
    beta: "1",
    nbar: "0.2",
    h: "sigmaz",
  };
  for (const { usage, name } of states) {
    for (const way of usage.split(" or ")) {
      const text = way.replace(
        /\((.*)\)/,
        (_, args: string) => `(${args.replace(/\w+(?!\w|")/g, (word) => values[word] ?? word)})`,
      );
      const fixed = name === "bell" || name === "w" || name === "ghz" ? way.replace("(n)", "(4)") : text;
      expect(norm(named(fixed, diagonal([1, 0])))).toBeGreaterThan(0);
    }
  }
});
