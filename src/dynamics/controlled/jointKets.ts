/** Kets of S and bosons along the way, for what ρ_S(t) alone does not tell. */

import { farthestOf, spanOf } from "../../algebra/timeParts.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import { zeroVector } from "../../fock/sparse.ts";
import type { Problem } from "../sector/problem.ts";
import { ketAt, sparseKet } from "../sector/sparseKet.ts";
import { expand, propagate, spectralRounding, spectrum } from "../spectral/spectral.ts";
import { leakCurves, leakedUntil, spectralLeak } from "../spectral/spectralLeak.ts";
import type { Propagator } from "../stage/propagator.ts";
import { ketWindows } from "./ketWindows.ts";
import { splitByDirection } from "./ways.ts";

/**
 * All kets at the times in `places` of the list: amplitude of state i of ket k at the t-th of them in entry
 * i·places.length + t of kets[k], in the phases of the problem. The arrays are used again.
 */
export type VisitKets = (kets: readonly ComplexVector[], places: readonly number[]) => void;

/** What the way of a ket to the farthest time in either direction is proved to cost, in norm. */
export interface KetErrors {
  readonly leaked: number;
  readonly propagation: number;
  readonly applications: number;
}

/** Propagates several kets together to all the times, in any order and sign. Gives the errors of each. */
export type JointPropagation = (
  starts: readonly ComplexVector[],
  times: readonly number[],
  enough: number,
  visit: VisitKets,
) => readonly KetErrors[];

/** Vectors of a Krylov window. */
const vectors = 32;

/** Times for which kets are kept at once. */
const timesPerBlock = 64;

/** Diagonalises once for all that is propagated, or propagates by Krylov windows. */
export function jointPropagation(problem: Problem, propagator: Propagator): JointPropagation {
  if (propagator.kind === "spectral") return spectrally(problem);
  if (propagator.kind === "krylov") return inWindows(problem, propagator);
  throw new RangeError(`"${propagator.kind}" propagates no kets alone`);
}

function spectrally({ basis, matrix, subspaces, leak }: Problem): JointPropagation {
  const whole = spectrum(matrix, subspaces);
  const leaks = leak === null ? null : spectralLeak(leak, whole);
  return (starts, times, enough, visit) => {
    const expansions = starts.map((start) => expand(whole, sparseKet(start)));
    for (let from = 0; from < times.length; from += timesPerBlock) {
      const block = times.slice(from, from + timesPerBlock);
      const kets = expansions.map((expansion) => {
        const ket = zeroVector(basis.dimension * block.length);
        propagate(expansion, block, ket.re, ket.im);
        return ket;
      });
      visit(
        kets,
        block.map((_, t) => from + t),
      );
    }
    const ends = spanOf(times);
    const rounding = spectralRounding(whole.blocks, farthestOf(times));
    return starts.map((start, k) => ({
      leaked:
        leaks === null
          ? 0
          : Math.max(...ends.map((end) => leakedUntil(leakCurves(leaks, [expansions[k]], end, { enough })[0], end))),
      propagation: length(start) * rounding,
      applications: 0,
    }));
  };
}

function inWindows(
  { basis, matrix, leak }: Problem,
  options: { readonly dimension?: number; readonly tolerance: number },
): JointPropagation {
  return (starts, times, _, visit) => {
    const errors = starts.map(() => ({ leaked: 0, propagation: 0, applications: 0 }));
    for (const way of splitByDirection(times)) {
      const along = starts.map(() => ({ leaked: 0, propagation: 0 }));
      let states: ComplexVector[] = starts.map(({ re, im }) => ({ re: re.slice(), im: im.slice() }));
      let now = 0;
      for (let from = 0; from < way.times.length; from += timesPerBlock) {
        const block = way.times.slice(from, from + timesPerBlock);
        const relative = block.map((time) => time - now);
        const share = Math.abs(relative[relative.length - 1] / (way.times[way.times.length - 1] || 1));
        const kets = states.map((state, k) => {
          const ket = zeroVector(basis.dimension * block.length);
          const tolerance = options.tolerance * Math.max(share, Number.EPSILON);
          if (length(state) === 0) return ket;
          const done = ketWindows(
            matrix,
            leak,
            state,
            relative,
            { dimension: options.dimension ?? vectors, tolerance },
            (t, { re, im }) => {
              for (let i = 0, at = t; i < re.length; i++, at += block.length) {
                ket.re[at] = re[i];
                ket.im[at] = im[i];
              }
            },
          );
          along[k].leaked += done.leaked;
          along[k].propagation += done.propagation;
          errors[k].applications += done.applications;
          return ket;
        });
        visit(kets, way.places.slice(from, from + timesPerBlock));
        states = kets.map((ket) => ketAt(ket, block.length - 1, block.length));
        now = block[block.length - 1];
      }
      along.forEach(({ leaked, propagation }, k) => {
        errors[k].leaked = Math.max(errors[k].leaked, leaked);
        errors[k].propagation = Math.max(errors[k].propagation, propagation);
      });
    }
    return errors;
  };
}

function length({ re, im }: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += re[i] * re[i] + im[i] * im[i];
  return Math.sqrt(sum);
}
