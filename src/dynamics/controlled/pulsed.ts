/** ρ_S(t) of a sector with pulses and drives: kets go from pulse to pulse, each piece on its own. */

import type { MatrixSeries } from "../../algebra/series.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import type { Protocol } from "../../model/types.ts";
import { Populations } from "../sector/filling.ts";
import { type EvolutionInfo, type Problem, proveAt, type Wanted } from "../sector/problem.ts";
import { Reduction } from "../sector/reduction.ts";
import { denseKet, ketAt } from "../sector/sparseKet.ts";
import type { Propagator } from "../stage/propagator.ts";
import { ketsAlong } from "./alongWay.ts";
import { breaksOf } from "./driven.ts";
import { ketCarrier } from "./ketCarriers.ts";
import { errorInEntries, KetProof, propagationSlack } from "./ketProof.ts";
import { waysThrough } from "./schedule.ts";

/** The tolerance of a propagator is for each ket over the longest way, in norm. With drives the problem is in no gauge. */
export function evolvePulsed(
  problem: Problem,
  protocol: Protocol,
  propagator: Propagator,
  info: EvolutionInfo,
  wanted: Wanted,
): MatrixSeries {
  const { bound = false, lookAt = [] } = wanted;
  const { basis, gauge, kets, weights, times } = problem;
  const reduction = new Reduction(basis, times.length, gauge);
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const ways = waysThrough(protocol, times, breaksOf(protocol));
  const carrier = ketCarrier(problem, protocol, propagator, farthestOf(times), wanted);
  const boundAt = new Float64Array(times.length);
  const layers = bound ? problem.layers() : null;
  const slack = propagationSlack(propagator);
  kets.forEach((start, k) => {
    let leaked = 0;
    let propagation = 0;
    for (const way of ways) {
      const first = denseKet(start, basis.dimension);
      const proof = layers === null ? null : new KetProof(layers, basis, first, slack);
      const { errors } = ketsAlong(way, [first], carrier, problem, {
        errors: (place, [error]) => {
          boundAt[place] +=
            weights[k] * (proof?.at(times[place], place, error) ?? error.leaked + slack * error.propagation);
        },
        ended: (to, [error]) => proof?.advance(to, error),
        show: ([ket], places) => {
          reduction.add(ket.re, ket.im, weights[k], places);
          proof?.see(ket, places);
          places.forEach((place, t) => {
            const look = lookOf.get(place);
            if (look === undefined) return;
            const { re, im } = ketAt(ket, t, places.length);
            populations.addAt(look, re, im, weights[k]);
          });
        },
      });
      info.applications += errors[0].applications;
      leaked = Math.max(leaked, errors[0].leaked);
      propagation = Math.max(propagation, errors[0].propagation);
    }
    info.leaked += weights[k] * leaked;
    info.propagation += weights[k] * errorInEntries(propagator) * propagation;
  });
  if (bound) proveAt(info, boundAt);
  info.filling = () => populations.filling();
  return reduction.series(times);
}
