import { describe, expect, test } from "vitest";
import { diagonal, type Matrix } from "../../../src/algebra/matrix.ts";
import { choosePropagator, shapeOf, shapeWithoutMatrix } from "../../../src/dynamics/stage/propagators.ts";
import { assemble } from "../../../src/fock/assemble.ts";
import { components } from "../../../src/fock/components.ts";
import { type BosonHamiltonian, patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { sparse } from "../../fock/dense.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";
import { random, randomHermitian } from "../../oracle/random.ts";

function chains(lengths: readonly number[], complex: boolean) {
  const n = lengths.reduce((sum, length) => sum + length, 0);
  const a = { rows: n, cols: n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
  let at = 0;
  for (const length of lengths) {
    for (let i = 0; i < length; i++) a.re[(at + i) * (n + 1)] = i;
    for (let i = 0; i + 1 < length; i++) {
      const [x, y] = [(at + i) * n + at + i + 1, (at + i + 1) * n + at + i];
      if (complex) {
        a.im[x] = 1;
        a.im[y] = -1;
      } else {
        a.re[x] = 1;
        a.re[y] = 1;
      }
    }
    at += length;
  }
  return sparse(a);
}

describe("the shape of a space", () => {
  test("is its states, entries and the sums of squares and cubes over its invariant subspaces", () => {
    const h = chains([3, 5, 1], false);
    expect(components(h).map(({ length }) => length)).toEqual([3, 5, 1]);
    const shape = shapeOf(h, 2);
    expect([shape.system, shape.rows, shape.squares, shape.cubes]).toEqual([2, 9, 35, 153]);
    expect(shape.entries).toBe(h.re.length);
    expect(shape.real).toBe(true);
    expect(shapeOf(chains([3], true), 2).real).toBe(false);
  });

  test("has a radius that covers the spectrum of a random matrix: half of the semicircle's width", () => {
    const n = 80;
    const { radius } = shapeOf(sparse(randomHermitian(random(91), n)), 2);
    // Wigner: eigenvalues of variance-1 entries reach ±2√n.
    expect(radius / (2 * Math.sqrt(n))).toBeCloseTo(1, 1);
  });
});

describe("the shape of a space whose matrix is not built", () => {
  test("is that of its matrix: rows, entries, squares, cubes and radius", () => {
    for (const hopping of [false, true]) {
      for (const seed of [1, 2, 3]) {
        const kind = { dimension: 2, modes: 4, capacities: [Number.POSITIVE_INFINITY], hopping };
        const h = realPart(randomHamiltonian(seed, kind));
        const pattern = patternOf([h]);
        const basis = reachableBasis(pattern, [{ occupations: [0, 0, 0, 0], levels: [0, 1] }], 8);
        const unseen = shapeWithoutMatrix(basis, h);
        const seen = shapeOf(assemble(basis, pattern, h), 2);
        expect(unseen).not.toBeNull();
        expect({ ...unseen, radius: 0, stored: 0, entries: 0 }).toEqual({ ...seen, radius: 0, stored: 0, entries: 0 });
        expect((unseen?.radius ?? 0) / seen.radius).toBeCloseTo(1, 12);
        expect((unseen?.entries ?? 0) / seen.entries).toBeCloseTo(1, 1);
        expect(unseen?.stored).toBeLessThan(seen.stored);
      }
    }
  });

  test("is not known where H is complex, or H_S leaves levels apart", () => {
    const kind = { dimension: 2, modes: 4, capacities: [Number.POSITIVE_INFINITY], hopping: false };
    const h = randomHamiltonian(1, kind);
    const basis = reachableBasis(patternOf([h]), [{ occupations: [0, 0, 0, 0], levels: [0, 1] }], 8);
    expect(shapeWithoutMatrix(basis, h)).toBeNull();
    const real = realPart(h);
    const apart = { ...real, system: diagonal(Float64Array.of(1, -1)) };
    expect(shapeWithoutMatrix(basis, real)).not.toBeNull();
    expect(shapeWithoutMatrix(basis, apart)).toBeNull();
  });
});

function realPart(h: BosonHamiltonian): BosonHamiltonian {
  const real = (a: Matrix): Matrix => ({ ...a, im: new Float64Array(a.re.length) });
  return {
    ...h,
    system: real(h.system),
    ladders: h.ladders.map((ladder) => ({ ...ladder, coupling: real(ladder.coupling) })),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: real(hopping.operator) })),
  };
}

describe("the propagator", () => {
  const shape = (rows: number, blocks: number) => ({
    system: 2,
    rows,
    entries: 10 * rows,
    squares: rows ** 2 / blocks,
    cubes: rows ** 3 / blocks ** 2,
    real: true,
    radius: 10,
    stored: 0,
  });
  const times = Array.from({ length: 601 }, (_, i) => 0.1 * i);

  test("diagonalises small spaces and spaces of many small parts, and moves in windows through large ones", () => {
    expect(choosePropagator(shape(50, 1), 1, times, 1e-10).propagator.kind).toBe("spectral");
    expect(choosePropagator(shape(20000, 4000), 1, times, 1e-10).propagator.kind).toBe("spectral");
    const large = choosePropagator(shape(20000, 1), 1, times, 1e-10).propagator;
    expect(large.kind).toBe("krylov");
    if (large.kind === "krylov") expect(large.tolerance).toBe(1e-10);
  });

  test("diagonalises sooner the later the times are, which cost diagonalisation nothing", () => {
    const few = (t: number) => choosePropagator(shape(1500, 1), 1, [t], 1e-10).propagator.kind;
    expect(few(0.1)).toBe("krylov");
    expect(few(1e5)).toBe("spectral");
  });

  test("expects more seconds of more states, kets and times", () => {
    const seconds = (rows: number, kets: number, list: readonly number[]) =>
      choosePropagator(shape(rows, 1), kets, list, 1e-10).seconds;
    expect(seconds(4000, 1, times)).toBeGreaterThan(seconds(2000, 1, times));
    expect(seconds(2000, 3, times)).toBeGreaterThan(seconds(2000, 1, times));
    expect(seconds(2000, 1, times)).toBeGreaterThan(seconds(2000, 1, times.slice(0, 50)));
  });
});
