import { describe, expect, test } from "vitest";
import { hermitianTwin, symmetricTwin } from "../../src/algebra/hermitian.ts";
import { kernelHermitian, kernelSymmetric } from "../../src/kernels/eigensystem.ts";
import { selectKernels } from "../../src/kernels/module.ts";
import { random, randomHermitian } from "../oracle/random.ts";

type Rows = { values: Float64Array; re: Float64Array; im: Float64Array };

/** Largest deviation from A v = λ v and from orthonormality. */
function defect(n: number, re: Float64Array, im: Float64Array, { values, re: vr, im: vi }: Rows): number {
  let worst = 0;
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < n; r++) {
      let x = -values[i] * vr[i * n + r];
      let y = -values[i] * vi[i * n + r];
      let dotRe = r === i ? -1 : 0;
      let dotIm = 0;
      for (let c = 0; c < n; c++) {
        x += re[r * n + c] * vr[i * n + c] - im[r * n + c] * vi[i * n + c];
        y += re[r * n + c] * vi[i * n + c] + im[r * n + c] * vr[i * n + c];
        dotRe += vr[r * n + c] * vr[i * n + c] + vi[r * n + c] * vi[i * n + c];
        dotIm += vr[r * n + c] * vi[i * n + c] - vi[r * n + c] * vr[i * n + c];
      }
      worst = Math.max(worst, Math.hypot(x, y), Math.hypot(dotRe, dotIm));
    }
  }
  return worst;
}

const largest = (a: Float64Array) => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}

/** Hermitian matrices of all sorts: full, of low rank, diagonal, in blocks, with equal eigenvalues, graded, zero. */
function samples(n: number): { name: string; re: Float64Array; im: Float64Array }[] {
  const { re, im } = randomHermitian(random(n), n);
  const of = (name: string, f: (i: number, j: number) => number) => ({
    name,
    re: re.map((x, at) => x * f(Math.floor(at / n), at % n)),
    im: im.map((x, at) => x * f(Math.floor(at / n), at % n)),
  });
  const ones = { name: "ones", re: new Float64Array(n * n).fill(1), im: new Float64Array(n * n) };
  return [
    of("full", () => 1),
    of("diagonal", (i, j) => (i === j ? 1 : 0)),
    of("in blocks", (i, j) => (Math.floor(i / 3) === Math.floor(j / 3) ? 1 : 0)),
    of("a chain", (i, j) => (Math.abs(i - j) <= 1 ? 1 : 0)),
    of("graded", (i, j) => 10 ** (-i - j)),
    of("huge", () => 1e100),
    of("zero", () => 0),
    ones,
  ];
}

describe("the eigensystem kernels", () => {
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 70];

  test("agree with their twin, and with A v = λ v, for real symmetric matrices of all sorts", () => {
    for (const n of sizes) {
      for (const { name, re } of samples(n)) {
        const fast = kernelSymmetric(n, re);
        if (fast === null) throw new Error("no kernel");
        const scale = Math.max(largest(re), 1e-300) * n;
        expect(distance(fast.values, symmetricTwin(n, re.slice()).values), name).toBeLessThanOrEqual(2e-15 * scale);
        const zero = new Float64Array(n * n);
        const unit = re.map((x) => x / scale);
        const scaled = { values: fast.values.map((x) => x / scale), re: fast.rows, im: zero };
        expect(defect(n, unit, zero, scaled), name).toBeLessThan(1e-14);
        expect([...fast.values].every((x, i) => i === 0 || fast.values[i - 1] <= x)).toBe(true);
      }
    }
  });

  test("agree with their twin, and with A v = λ v, for complex Hermitian matrices of all sorts", () => {
    for (const n of sizes) {
      for (const { name, re, im } of samples(n)) {
        const fast = kernelHermitian(n, re, im);
        if (fast === null) throw new Error("no kernel");
        const scale = Math.max(largest(re), largest(im), 1e-300) * n;
        const twin = hermitianTwin(n, re.slice(), im.slice());
        expect(distance(fast.values, twin.values), name).toBeLessThanOrEqual(4e-15 * scale);
        const [unitRe, unitIm] = [re, im].map((part) => part.map((x) => x / scale));
        const scaled = { ...fast, values: fast.values.map((x) => x / scale) };
        expect(defect(n, unitRe, unitIm, scaled), name).toBeLessThan(1e-14);
      }
    }
  });

  test("apply their rotations in more than one lot: a matrix that needs more than are kept", () => {
    const n = 150;
    const { re, im } = randomHermitian(random(1), n);
    const fast = kernelHermitian(n, re, im);
    if (fast === null) throw new Error("no kernel");
    expect(defect(n, re, im, fast)).toBeLessThan(1e-11);
  });

  test("refuse what is not finite", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { re, im } = randomHermitian(random(2), 6);
      re[7] = bad;
      expect(() => kernelSymmetric(6, re)).toThrow("no convergence");
      expect(() => kernelHermitian(6, re, im)).toThrow("no convergence");
    }
  });

  test("leave the work to the twin when told to", () => {
    selectKernels("javascript");
    expect(kernelSymmetric(2, new Float64Array(4))).toBeNull();
    expect(kernelHermitian(2, new Float64Array(4), new Float64Array(4))).toBeNull();
    selectKernels("wasm");
  });
});
