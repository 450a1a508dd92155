/** Energies under pulses, drives and decay on the full tensor product, dense, and what is done to them from outside. */

import { gaussRule, uniform } from "../../src/algebra/gauss.ts";
import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, adjoint, identity, kron, multiply, scale, traceOfProduct, zeros } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { type PlainProtocol, sitesOf } from "./controlledBruteForce.ts";
import { jointWalk } from "./jointWalk.ts";

export interface SlowAccounts {
  readonly system: number;
  readonly interaction: number;
  /** What all sites have gained. */
  readonly reservoir: number;
  readonly work: number;
  readonly pulses: number;
  readonly decay: number;
}

/** At ascending times from 0 on. No pulse may come where a drive jumps. */
export function controlledEnergies(
  model: Model,
  size: number,
  { pulses = [], drives = [], breaks = [], decays = [] }: PlainProtocol,
  times: readonly number[],
): SlowAccounts[] {
  const [kind] = model.reservoirs;
  const joint = sitesOf(model, size);
  const onS = (a: Matrix) => kron(a, identity(joint.rest.rows));
  const system = onS(model.system.hamiltonian);
  const sites = siteEnergies(model, size, kind.site.hamiltonian);
  const interaction = add(add(joint.hamiltonian, system, -1), sites, -1);
  const mean = (a: Matrix, x: Matrix) => traceOfProduct(a, x).re;
  const moving = drives.map(({ operator, f }) => ({ a: onS(operator), f }));
  const jumps = decays.map(({ operator, rate }) => scale(onS(operator), Math.sqrt(rate)));
  const total = (t: number, inside: number) =>
    moving.reduce((sum, { a, f }) => add(sum, a, f(t, inside)), joint.hamiltonian);

  let x = kron(model.system.state, joint.rest);
  const before = mean(sites, x);
  let [work, kicked, lost, now] = [0, 0, 0, 0];
  /** Smooth functions are those of the piece that holds this. */
  let inside = 0;
  const stops = [...new Set([...times, ...pulses.map(({ at }) => at), ...breaks, 0])].filter((t) => t >= 0);
  stops.sort((a, b) => a - b);
  const found = new Map<number, SlowAccounts>();
  stops.forEach((to, s) => {
    if (to > now) {
      // Two rules of 12 nodes for each stretch.
      const middle = 0.5 * (now + to);
      for (const [a, b] of [
        [now, middle],
        [middle, to],
      ]) {
        const nodes = [...rule.nodes].map((node) => a + 0.5 * (b - a) * (node + 1));
        const states = jointWalk(joint, { drives, decays }, x, a, [...nodes, b]);
        nodes.forEach((t, q) => {
          const weight = (b - a) * rule.weights[q];
          for (const { a: operator, f } of moving) {
            // A difference of high order for ∂f/∂t.
            const slope = slopeOf((u) => f(u, middle), t, 0.01);
            work += weight * slope * mean(operator, states[q]);
          }
          const energy = total(t, middle);
          for (const l of jumps) {
            const gained = multiply(multiply(l, states[q]), adjoint(l));
            const left = multiply(multiply(adjoint(l), l), states[q]);
            lost += weight * (mean(energy, gained) - mean(energy, left));
          }
        });
        x = states[nodes.length];
      }
      now = to;
    }
    for (const { unitary } of pulses.filter(({ at }) => at === to)) {
      const u = onS(unitary);
      const after = multiply(multiply(u, x), adjoint(u));
      const energy = total(to, inside);
      kicked += mean(energy, after) - mean(energy, x);
      x = after;
    }
    const ahead = s + 1 < stops.length ? 0.5 * (to + stops[s + 1]) : to + 1e-9;
    for (const { a, f } of moving) if (to > 0) work += (f(to, ahead) - f(to, inside)) * mean(a, x);
    inside = ahead;
    found.set(to, {
      system: mean(system, x) + moving.reduce((sum, { a, f }) => sum + f(to, inside) * mean(a, x), 0),
      interaction: mean(interaction, x),
      reservoir: mean(sites, x) - before,
      ...{ work, pulses: kicked, decay: lost },
    });
  });
  return times.map((t) => found.get(t) as SlowAccounts);
}

const rule = gaussRule(uniform, 12);

/** f′(t) from four points on either side, to h⁸. */
function slopeOf(f: (t: number) => number, t: number, h: number): number {
  const weights = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
  return weights.reduce((sum, w, k) => sum + (w * (f(t + (k + 1) * h) - f(t - (k + 1) * h))) / h, 0);
}

function siteEnergies(model: Model, size: number, h: Matrix): Matrix {
  const d = h.rows;
  let sum = zeros(model.system.dimension * d ** size);
  for (let m = 0; m < size; m++) {
    const one = kron(kron(identity(d ** m), h), identity(d ** (size - 1 - m)));
    sum = add(sum, kron(identity(model.system.dimension), one));
  }
  return sum;
}
