/** How norms flow between the layers of a truncated space in a time, at most: p' = C p, C ≥ 0, tridiagonal and symmetric. */

import type { Layers } from "../../fock/layers.ts";

export interface LayerFlow {
  /** The time, or a little more. */
  readonly time: number;
  /** e^{Ct}, from above: entry i·count + j. */
  readonly grown: Float64Array;
  /** ∫_0^t e^{Cs} ds of the outermost layer, from above: its row and its column. */
  readonly integral: Float64Array;
}

/** Moments that are this close to equally far apart share a flow. */
const alike = 1e-9;
/** Ways have few distances between moments, or as many as moments. */
const mostKept = 4;
/** What rounding may take from a sum of positive terms. */
const above = 1 + 1e-12;
/** Instead of infinity, which times 0 is no number. */
const hopeless = 1e300;

const kept = new WeakMap<Layers, LayerFlow[]>();

/** The flow over a time; those of the last times are kept. */
export function flowOver(layers: Layers, time: number): LayerFlow {
  let flows = kept.get(layers);
  if (flows === undefined) {
    flows = [];
    kept.set(layers, flows);
  }
  for (const flow of flows) if (time <= flow.time && time >= flow.time * (1 - alike)) return flow;
  const flow = flowFor(layers.couplings, layers.couplings.length + 1, time * (1 + 0.5 * alike));
  flows.unshift(flow);
  if (flows.length > mostKept) flows.pop();
  return flow;
}

/** By the Taylor series, column by column: all terms are positive. `hopeless` where it takes too many of them. */
function flowFor(couplings: Float64Array, count: number, time: number): LayerFlow {
  const grown = new Float64Array(count * count);
  const integral = new Float64Array(count);
  const term = new Float64Array(count);
  const next = new Float64Array(count);
  const fastest = couplings.reduce((most, c, j) => Math.max(most, c + (couplings[j + 1] ?? 0)), 0);
  for (let column = 0; column < count; column++) {
    term.fill(0);
    term[column] = 1;
    grown[column * count + column] += 1;
    if (column === 0) integral[0] += time;
    for (let k = 1; ; k++) {
      let largest = 0;
      for (let j = 0; j < count; j++) {
        let flow = j > 0 ? couplings[j - 1] * term[j - 1] : 0;
        if (j + 1 < count) flow += couplings[j] * term[j + 1];
        next[j] = (flow * time) / k;
        grown[j * count + column] += next[j];
        if (column === 0) integral[j] += (next[j] * time) / (k + 1);
        if (next[j] > largest) largest = next[j];
      }
      term.set(next);
      // From here on the terms at least halve: the rest is less than the last one.
      const rest = fastest * time <= 0.5 * (k + 1) ? largest : hopeless;
      if (rest <= 1e-30 || k === 200) {
        for (let j = 0; j < count; j++) grown[j * count + column] = (grown[j * count + column] + rest) * above;
        if (column === 0) for (let j = 0; j < count; j++) integral[j] = (integral[j] + rest * time) * above;
        break;
      }
    }
  }
  return { time, grown, integral };
}

/** The norm of layer j after the flow, at most, from those of all layers before it. */
export function grownNorm({ grown }: LayerFlow, norms: Float64Array, j: number): number {
  const count = norms.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += grown[j * count + i] * norms[i];
  return sum;
}

/** The integral of the outermost layer's norm over the flow, at most. */
export function grownIntegral({ integral }: LayerFlow, norms: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < norms.length; i++) sum += integral[i] * norms[i];
  return sum;
}
