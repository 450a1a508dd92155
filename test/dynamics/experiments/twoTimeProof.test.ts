import { expect, test } from "vitest";
import { scale } from "../../../src/algebra/matrix.ts";
import { acting } from "../../../src/dynamics/experiments/twoTime.ts";
import { familyPattern, typicalPoint } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { reachOf } from "../../../src/dynamics/sector/reach.ts";
import { stateKets } from "../../../src/dynamics/sector/stateKets.ts";
import { krylovWindows, type Propagator, spectral, taylor } from "../../../src/dynamics/stage/propagator.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model } from "../../../src/model/types.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const delays = [0, 0.2, -0.5, 1.1, 4];
const leftAlone = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 1, most: 10, always: false },
};

/** R of one sector up to a cutoff, and what is proved of it at each delay and for all of them by first order. */
function correlations(model: Model, size: number, seed: number, cutoff: number, propagator: Propagator) {
  const from = random(seed + 31);
  const operator = scale(randomMatrix(from, 2), from.pick([0.2, 1, 1]));
  const at = from.pick([0, 0.4, -0.7, 2]);
  const family = size === Number.POSITIVE_INFINITY ? limitFamily(model) : finiteFamily(model, size);
  const pattern = familyPattern(family);
  const occupations = pattern.groupOf.map(() => 0);
  const kets = stateKets(model, pattern.modes).map((ket) => ({ ...ket, occupations }));
  const basis = reachableBasis(reachOf(pattern, model.protocol), [{ occupations, levels: [0, 1] }], cutoff);
  const space = { basis, pattern, matrix: null };
  const h = family.hamiltonian(typicalPoint(family));
  const experiment = acting({ operator, at }, model.protocol);
  const { rho, info } = experiment.evolve(space, h, kets, delays, propagator, { bound: true });
  return { rho, bounds: info.boundAt?.() ?? new Float64Array(0), first: info.leaked + info.propagation };
}

type Correlations = ReturnType<typeof correlations>;

function difference({ rho: a }: Correlations, { rho: b }: Correlations, place: number): number {
  let off = 0;
  for (let e = 4 * place; e < 4 * place + 4; e++) off = Math.max(off, Math.hypot(a.re[e] - b.re[e], a.im[e] - b.im[e]));
  return off;
}

test("two-time correlations of a space that is cut off too low are off by no more than is proved: to second order", () => {
  const ratios: number[] = [];
  const gained: number[] = [];
  for (let seed = 0; seed < 36; seed++) {
    const kind = {
      dims: [2],
      siteDimension: 2 + (seed % 2),
      state: "pure",
      centring: "subtract",
      degenerate: false,
    } as const;
    const strength = seed % 3 === 0 ? 0.1 : 0.4;
    const { model: plain } = randomModel(seed, {
      ...kind,
      strength,
      couplings: 1,
      times: delays,
      pureSystem: seed % 4 > 0,
    });
    const from = random(seed);
    const pulses = [-0.4, 0.3, 0.9].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
    const drives = [{ operator: randomHermitian(from, 2), envelope: envelopeOf("cos(2*t)") }];
    const ways: readonly [Propagator, object | undefined][] = [
      [spectral(), undefined],
      [krylovWindows({ dimension: 16, tolerance: 1e-11 }), undefined],
      [krylovWindows({ dimension: 16, tolerance: 1e-11 }), { pulses }],
      [taylor(1e-10), { pulses, drives }],
    ];
    const [propagator, done] = ways[seed % 4];
    const model: Model = done === undefined ? plain : { ...plain, protocol: { ...leftAlone, ...done } };
    const size = seed % 5 === 0 ? 30 : Number.POSITIVE_INFINITY;
    const [truth, ...rough] = [10, 2, 4].map((cutoff) => correlations(model, size, seed, cutoff, propagator));
    for (const one of rough) {
      delays.forEach((delay, place) => {
        const off = difference(one, truth, place);
        const known = truth.bounds[place];
        expect(off, `seed ${seed}, delay ${delay}`).toBeLessThanOrEqual(one.bounds[place] + known + 1e-13);
        if (off < 10 * known || off < 1e-11) return;
        ratios.push(one.bounds[place] / off);
        gained.push(one.first / one.bounds[place]);
      });
    }
  }
  for (const list of [ratios, gained]) list.sort((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(40);
  expect(gained[gained.length >> 1]).toBeGreaterThan(3);
});
