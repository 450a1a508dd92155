/** ρ_S(t) of a sector whose H_S depends on time, with pulses or without: kets by Taylor windows. */

import { gaussRule, uniform } from "../algebra/gauss.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import { applySparse, type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../fock/sparse.ts";
import { envelopeBreaks } from "../model/envelope.ts";
import type { Protocol } from "../model/types.ts";
import { Populations } from "./filling.ts";
import { ketGenerator } from "./ketGenerator.ts";
import type { EvolutionInfo, Problem, Wanted } from "./problem.ts";
import { Reduction } from "./reduction.ts";
import { waysThrough } from "./schedule.ts";
import { denseKet } from "./sparseKet.ts";
import { actOnSystem } from "./systemOperator.ts";
import { taylorWindows, type Window, windowAt } from "./taylorWindows.ts";

/** 16 nodes integrate ‖leak φ‖² over a window, a phase of some 10, to far below its rounding. */
const leakRule = gaussRule(uniform, 16);

/** `tolerance`: for each ket over the longest way, in norm. The problem is in no gauge. */
export function evolveDriven(
  { basis, matrix, leak, kets, weights, times }: Problem,
  protocol: Protocol,
  tolerance: number,
  info: EvolutionInfo,
  { bound = false, lookAt = [] }: Wanted,
): MatrixSeries {
  const reduction = new Reduction(basis, times.length, null);
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const generator = ketGenerator(basis, matrix, protocol);
  const longest = times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
  const ways = waysThrough(protocol, times, breaksOf(protocol));
  const boundAt = new Float64Array(times.length);
  kets.forEach((start, k) => {
    let leaked = 0;
    let propagation = 0;
    const show = (ket: ComplexVector, place: number) => {
      reduction.add(ket.re, ket.im, weights[k], [place]);
      const look = lookOf.get(place);
      if (look !== undefined) populations.addAt(look, ket.re, ket.im, weights[k]);
    };
    for (const way of ways) {
      let ket = denseKet(start, basis.dimension);
      let leakedOnWay = 0;
      const taylor = { applications: 0, error: 0 };
      const reach = (state: ComplexVector, place: number) => {
        show(state, place);
        boundAt[place] += weights[k] * (leakedOnWay + taylor.error);
      };
      for (const { from, to, times: asked, places, unitary } of way) {
        let next = 0;
        const direction = Math.sign(to - from);
        while (next < places.length && direction * (asked[next] - from) <= 0) reach(ket, places[next++]);
        ket = taylorWindows(generator, ket, from, to, tolerance / longest, taylor, (window) => {
          if (leak !== null) leakedOnWay += leakOfWindow(leak, window);
          const end = window.from + window.end * window.unit;
          const last = Math.abs(end - to) <= 1e-12 * Math.abs(window.unit);
          while (next < places.length && (last || direction * (asked[next] - end) <= 0)) {
            reach(windowAt(window, (asked[next] - window.from) / window.unit), places[next++]);
          }
          return undefined;
        });
        if (unitary !== null) ket = actOnSystem(basis, unitary, ket, null);
      }
      info.applications += taylor.applications;
      leaked = Math.max(leaked, leakedOnWay);
      propagation = Math.max(propagation, taylor.error);
    }
    info.leaked += weights[k] * leaked;
    info.propagation += weights[k] * propagation;
  });
  if (bound) info.boundAt = boundAt;
  if (protocol.drives.length > 0) info.proved = false;
  info.filling = () => populations.filling();
  return reduction.series(times);
}

/** Where the Hamiltonian jumps or bends. */
export function breaksOf({ drives }: Protocol): number[] {
  return [...new Set(drives.flatMap(({ envelope }) => envelopeBreaks(envelope)))].sort((a, b) => a - b);
}

/** ∫ ‖leak φ‖ over a window, from above: √(length ∫ ‖leak φ‖²). */
export function leakOfWindow(leak: SparseMatrix, window: Window): number {
  const coefficients = window.coefficients.map((c) => {
    const outside = zeroVector(leak.rows);
    applySparse(leak, c, outside);
    return outside;
  });
  let square = 0;
  leakRule.nodes.forEach((node, q) => {
    const outside = windowAt({ ...window, coefficients }, 0.5 * window.end * (node + 1));
    square += leakRule.weights[q] * euclidean(outside) ** 2;
  });
  return window.end * Math.abs(window.unit) * Math.sqrt(square);
}
