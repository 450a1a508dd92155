import { describe, expect, test } from "vitest";
import { eigh } from "../../../src/algebra/hermitian.ts";
import { add, addTo, type Matrix, scale, zeros } from "../../../src/algebra/matrix.ts";
import { matrixAt, zeroSeries } from "../../../src/algebra/series.ts";
import { rateOfLevel, rateOfTiltedSpin } from "../../../src/dynamics/families/siteRates.ts";
import type { Model } from "../../../src/model/types.ts";
import { transitions } from "../../../src/reservoir/transitions.ts";
import { addReduced, tensor, totalHamiltonian } from "../../oracle/bruteForce.ts";
import { factor, type Ket } from "../../oracle/cholesky.ts";
import { random } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { taylorEvolve } from "../../oracle/taylor.ts";

const times = [0.3, 1, 2.5];

/** ρ_S at the times for sites in given kets, by the full tensor product; `size` scales the coupling. */
function statesOf(model: Model, size: number, sites: readonly Ket[]): Matrix[] {
  const { apply, normBound, rest } = totalHamiltonian(model, size, [sites.length]);
  const rho = zeroSeries(times, model.system.dimension);
  for (const ket of factor(model.system.state)) {
    const psi = sites.reduce(tensor, ket);
    taylorEvolve(apply, normBound, psi, times, (t, now) => addReduced(rho, t, now, rest, 1));
  }
  return times.map((_, t) => matrixAt(rho, t));
}

function traceNorm(a: Matrix): number {
  return eigh(a).values.reduce((sum, value) => sum + Math.abs(value), 0);
}

/** The m-th difference of states of S at one time. */
function difference(states: readonly Matrix[], m: number): Matrix {
  const sum = zeros(states[0].rows);
  let binomial = 1;
  for (let i = 0; i <= m; i++) {
    addTo(sum, states[i], ((m - i) % 2 === 0 ? 1 : -1) * binomial);
    binomial = (binomial * (m - i)) / (i + 1);
  }
  return sum;
}

function column({ vectors }: { vectors: Matrix }, k: number): Ket {
  const d = vectors.rows;
  const at = (entries: Float64Array) => Float64Array.from({ length: d }, (_, i) => entries[i * d + k]);
  return { re: at(vectors.re), im: at(vectors.im) };
}

describe("what a site changes at most", () => {
  test("bounds all differences of ρ_S in how many sites start in a level", () => {
    const sites = 5;
    let closest = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, state: "mixed", dims: [2], centring: "centred" });
      const t = transitions(model);
      const rate = rateOfLevel(t, sites, 0, [{ level: 1, share: 1 }]);
      const [in0, in1] = [column(t, 0), column(t, 1)];
      const states = Array.from({ length: sites + 1 }, (_, n) =>
        statesOf(model, sites, [...Array(n).fill(in0), ...Array(sites - n).fill(in1)]),
      );
      times.forEach((time, at) => {
        for (let m = 1; m <= sites; m++) {
          const found = traceNorm(
            difference(
              states.map((one) => one[at]),
              m,
            ),
          );
          const bound = rate(time) ** m;
          expect(found, `seed ${seed}, t = ${time}, m = ${m}`).toBeLessThan(bound * (1 + 1e-9) + 1e-12);
          closest = Math.max(closest, found / bound);
        }
      });
    }
    // It is not just any large number.
    expect(closest).toBeGreaterThan(0.3);
  });

  test("bounds them as well where the others are in a mixture of levels", () => {
    const sites = 3;
    for (let seed = 0; seed < 12; seed++) {
      const { model } = randomModel(seed, { siteDimension: 3, state: "mixed", dims: [2], centring: "centred" });
      const t = transitions(model);
      const share = 0.3;
      const rate = rateOfLevel(t, sites, 0, [
        { level: 1, share },
        { level: 2, share: 1 - share },
      ]);
      const mixed = (n: number): Matrix[] => {
        const sums = times.map(() => zeros(2));
        for (let choice = 0; choice < 2 ** (sites - n); choice++) {
          const others = Array.from({ length: sites - n }, (_, i) => 1 + ((choice >> i) & 1));
          const weight = others.reduce((product, level) => product * (level === 1 ? share : 1 - share), 1);
          const kets = [...Array(n).fill(0), ...others].map((level) => column(t, level));
          statesOf(model, sites, kets).forEach((rho, at) => {
            addTo(sums[at], rho, weight);
          });
        }
        return sums;
      };
      const states = Array.from({ length: sites + 1 }, (_, n) => mixed(n));
      times.forEach((time, at) => {
        for (let m = 1; m <= sites; m++) {
          const found = traceNorm(
            difference(
              states.map((one) => one[at]),
              m,
            ),
          );
          expect(found, `seed ${seed}, t = ${time}, m = ${m}`).toBeLessThan(rate(time) ** m * (1 + 1e-9) + 1e-12);
        }
      });
    }
  });

  test("bounds differences in how many spins are tilted, the others being in singlets", () => {
    const size = 6;
    const spins = 4;
    const from = random(7);
    let closest = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, state: "mixed", dims: [2], centring: "subtract" });
      const t = transitions(model);
      const zeta = { re: from.between(-0.6, 0.6), im: from.between(-0.6, 0.6) };
      const r = zeta.re ** 2 + zeta.im ** 2;
      const [g, e] = t.populations[0] >= t.populations[1] ? [0, 1] : [1, 0];
      const tilted = tilt(column(t, g), column(t, e), zeta);
      const rate = rateOfTiltedSpin(t, size);
      // A spin in a singlet acts by the mean of its two levels.
      const inert = scale(add(t.operators[0][0], t.operators[1][1]), 0.5 / Math.sqrt(size));
      const states = Array.from({ length: spins + 1 }, (_, n) => {
        const hamiltonian = add(model.system.hamiltonian, inert, size - n);
        return statesOf({ ...model, system: { ...model.system, hamiltonian } }, size, Array(n).fill(tilted));
      });
      times.forEach((time, at) => {
        for (let m = 1; m <= spins; m++) {
          const found = traceNorm(
            difference(
              states.map((one) => one[at]),
              m,
            ),
          );
          const bound = rate(time)(r) ** m;
          expect(found, `seed ${seed}, t = ${time}, m = ${m}`).toBeLessThan(bound * (1 + 1e-9) + 1e-12);
          closest = Math.max(closest, found / bound);
        }
      });
    }
    expect(closest).toBeGreaterThan(0.3);
  });
});

/** The normalised ket ∝ g + ζ e. */
function tilt(g: Ket, e: Ket, zeta: { re: number; im: number }): Ket {
  const length = Math.sqrt(1 + zeta.re ** 2 + zeta.im ** 2);
  return {
    re: g.re.map((x, i) => (x + zeta.re * e.re[i] - zeta.im * e.im[i]) / length),
    im: g.im.map((x, i) => (x + zeta.re * e.im[i] + zeta.im * e.re[i]) / length),
  };
}
