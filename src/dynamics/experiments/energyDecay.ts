/** Energies of a sector in which S decays, from the joint density matrix. */

import { farthestOf } from "../../algebra/timeParts.ts";
import { diagonalTrace, sparseTrace } from "../../fock/means.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { Protocol } from "../../model/types.ts";
import { addFilling, densityWay, mixture, requireDensity } from "../controlled/decaying.ts";
import type { DensityErrors } from "../controlled/densityProof.ts";
import { breaksOf } from "../controlled/driven.ts";
import { waysThrough } from "../controlled/schedule.ts";
import { type EvolutionInfo, emptyInfo, proveAt } from "../sector/problem.ts";
import type { Propagator } from "../stage/propagator.ts";
import { DensityEnergyProof } from "./densityEnergyProof.ts";
import { DrivenBounds } from "./drivenBounds.ts";
import { addErrors, type Driven, type Own, onlookerFor, putEntry, worstOf } from "./energyColumns.ts";
import { EnergyLedger } from "./energyLedger.ts";

/** The joint density matrix, of which means are polynomials within a window. */
export function decaying(
  own: Own,
  protocol: Protocol,
  propagator: Propagator,
  { still: undriven, norms }: Driven,
): EvolutionInfo {
  const { problem, parts, columns, put, wanted, factors } = own;
  const { tolerance } = requireDensity(propagator, "Energies");
  const { basis, kets, weights, times } = problem;
  const along = densityWay(problem, protocol, tolerance / farthestOf(times));
  const { populations, lookOf } = onlookerFor(problem, wanted.lookAt ?? []);
  const info = emptyInfo(() => populations.filling());
  const start = mixture(basis.dimension, kets, weights);
  const before = parts.heat.map((energy) => diagonalTrace(energy, start));
  const driven = (joint: ComplexVector) => parts.drives.map((a) => sparseTrace(a, joint));
  const lost = (joint: ComplexVector) => parts.decay.map((a) => sparseTrace(a, joint));
  const still = (joint: ComplexVector) => sparseTrace(parts.system, joint) + sparseTrace(parts.interaction, joint);
  const bounds = wanted.bound === true ? new DrivenBounds(times.length) : null;
  const layers = bounds === null ? null : problem.layers();
  const errors = waysThrough(protocol, times, breaksOf(protocol)).map((way) => {
    const ledger = new EnergyLedger(protocol.drives);
    const proof = bounds === null ? null : new DensityEnergyProof(layers, problem, parts, undriven(), start);
    let sofar: DensityErrors = { leaked: 0, purified: 0, propagation: 0 };
    return along(way, start, {
      begin: (joint, piece) => ledger.begin(piece, driven(joint)),
      window: (window, error) => {
        ledger.enter(window, polynomials(window.coefficients, driven), polynomials(window.coefficients, lost));
        proof?.advance(window.from, error);
      },
      pulse: (earlier, later, { to }, error) => {
        ledger.kick(to, still(earlier), still(later), driven(earlier), driven(later));
        proof?.advance(to, error);
        proof?.pulse([earlier, later], error, ledger.driveAt(to, norms));
      },
      error: (_, error) => {
        sofar = error;
      },
      show: (coefficients, x, place) => {
        const mean = (of: (joint: ComplexVector) => number) => polynomials(coefficients, (c) => [of(c)])(x)[0];
        put(
          place,
          columns.system,
          mean((c) => sparseTrace(parts.system, c)),
        );
        put(
          place,
          columns.interaction,
          mean((c) => sparseTrace(parts.interaction, c)),
        );
        parts.heat.forEach((energy, g) => {
          put(place, columns.heat + g, mean((c) => diagonalTrace(energy, c)) - before[g]);
        });
        putEntry(put, columns, place, 1, ledger.at(times[place], polynomials(coefficients, driven)(x)));
        addFilling(populations, lookOf.get(place), basis, coefficients, x);
        const t = times[place];
        if (proof !== null) bounds?.add(place, 1, proof.at(t, coefficients, x, sofar, ledger.driveAt(t, norms)));
      },
    });
  });
  addErrors(info, 1, factors, worstOf(errors));
  if (bounds === null) return info;
  // Of work and of what decay brings only the sum is proved.
  if (protocol.drives.length > 0) info.proved = false;
  else proveAt(info, bounds.all(own));
  return info;
}

/** Means are linear in the joint density matrix: of Σ_k c_k x^k they are Σ_k means(c_k) x^k. */
function polynomials(
  coefficients: readonly ComplexVector[],
  means: (joint: ComplexVector) => readonly number[],
): (x: number) => number[] {
  const each = coefficients.map(means);
  return (x) => {
    const sum = each[0].map(() => 0);
    let power = 1;
    for (const values of each) {
      values.forEach((value, j) => {
        sum[j] += power * value;
      });
      power *= x;
    }
    return sum;
  };
}
