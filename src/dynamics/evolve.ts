/** ρ_S(t) of one sector: kets of S and bosons, propagated and traced over the bosons. */

import type { MatrixSeries } from "../algebra/series.ts";
import { assemble, assembleLeak, refill } from "../fock/assemble.ts";
import type { Basis } from "../fock/basis.ts";
import { components, inRealGauge, realGauge } from "../fock/components.ts";
import type { BosonHamiltonian } from "../fock/hamiltonian.ts";
import { layersOf } from "../fock/layers.ts";
import type { ComplexVector, SparseMatrix } from "../fock/sparse.ts";
import type { Protocol } from "../model/types.ts";
import { evolveDecaying } from "./controlled/decaying.ts";
import { evolvePulsed } from "./controlled/pulsed.ts";
import { evolveTrajectories } from "./controlled/trajectories.ts";
import { evolveKrylov } from "./krylov/krylovEvolution.ts";
import { fockIndex } from "./krylov/krylovProblem.ts";
import { DensitySum } from "./sector/densitySum.ts";
import type { Evolution, Ket, Space } from "./sector/evolution.ts";
import { evolutionOf } from "./sector/evolutionOf.ts";
import { Populations } from "./sector/filling.ts";
import { type EvolutionInfo, emptyInfo, type Problem, type Wanted } from "./sector/problem.ts";
import type { SparseKet } from "./sector/sparseKet.ts";
import { evolveSpectral } from "./spectral/spectralEvolution.ts";
import { inTime, type Propagator } from "./stage/propagator.ts";

/** H of a sector in a space it shares with others, kets in it: real where phases allow that, unless `gauged` is false. */
export function problemOf(
  space: Space,
  h: BosonHamiltonian,
  kets: readonly Ket[],
  times: readonly number[],
  bound: boolean,
  gauged = true,
): Problem {
  const { basis, pattern } = space;
  const matrix = space.matrix ?? assemble(basis, pattern, h);
  if (space.matrix === null) space.matrix = matrix;
  else refill(matrix, basis, pattern, h);
  // The numbers of the matrix may have been another problem's.
  space.posed = undefined;
  const leak = bound && !basis.complete ? assembleLeak(basis, pattern, h) : null;
  const real = gauged && isReal(matrix);
  const gauge = gauged && !real ? realGauge(matrix) : null;
  return {
    basis,
    matrix: gauge === null ? (real ? { ...matrix, im: new Float64Array(0) } : matrix) : inRealGauge(matrix, gauge),
    leak: gauge === null || leak === null ? leak : withColumnPhases(leak, gauge),
    layers: () =>
      leak === null
        ? null
        : layersOf(basis, pattern, h, [...new Set(kets.map((ket) => fockIndex(basis, ket.occupations)))]),
    gauge,
    subspaces: subspacesOf(space, matrix),
    kets: kets.map((ket) => (gauge === null ? knownKet(space, ket) : jointKet(basis, ket, gauge))),
    weights: kets.map((ket) => ket.weight),
    times,
  };
}

/**
 * Propagates all kets of a sector to all times, which may come in any order and sign, through what a protocol does to S. What
 * is not wanted of the information stays 0.
 */
export function evolve(
  space: Space,
  h: BosonHamiltonian,
  kets: readonly Ket[],
  times: readonly number[],
  propagator: Propagator,
  wanted: Wanted = { bound: true },
  protocol?: Protocol,
): Evolution {
  if (protocol === undefined && propagator.kind === "krylov") {
    return evolveKrylov(space, h, kets, times, propagator, wanted);
  }
  const { basis } = space;
  const timed = inTime(propagator);
  const problem = problemOf(space, h, kets, times, wanted.bound === true, !timed);
  const info = emptyInfo(() => new Populations(basis, 0).filling());
  if (protocol !== undefined) {
    const rho = evolveThrough(protocol, problem, propagator, info, wanted);
    return evolutionOf(rho, info);
  }
  if (timed) throw new RangeError(`nothing asks for the propagator "${propagator.kind}": there is no protocol`);
  const { addTo, sample } = evolveSpectral(problem, info, wanted, space);
  let rho: MatrixSeries | null = null;
  return {
    get rho() {
      if (rho !== null) return rho;
      const alone = new DensitySum(times, basis.system);
      addTo(alone, 1);
      rho = alone.finish();
      return rho;
    },
    info,
    sample,
    addTo,
  };
}

function evolveThrough(
  protocol: Protocol,
  problem: Problem,
  propagator: Propagator,
  info: EvolutionInfo,
  wanted: Wanted,
): MatrixSeries {
  switch (propagator.kind) {
    case "density":
      return evolveDecaying(problem, protocol, propagator.tolerance, info, wanted);
    case "trajectories":
      return evolveTrajectories(problem, protocol, propagator, info, wanted);
    default:
      if (protocol.decays.length > 0) throw new RangeError(`"${propagator.kind}" knows no decay`);
      return evolvePulsed(problem, protocol, propagator, info, wanted);
  }
}

/** The connected components of the matrix, found once for all sectors of the space. */
export function subspacesOf(space: Space, matrix: SparseMatrix): readonly Int32Array[] {
  space.subspaces ??= components(matrix);
  return space.subspaces;
}

function isReal({ im }: SparseMatrix): boolean {
  for (let e = 0; e < im.length; e++) if (im[e] !== 0) return false;
  return true;
}

/** The ket in the joint basis, the same for all sectors of the space. */
function knownKet({ basis, kets }: Space, ket: Ket): SparseKet {
  if (kets === undefined) return jointKet(basis, ket, null);
  let list = kets.get(ket.levels);
  if (list === undefined) {
    list = [];
    kets.set(ket.levels, list);
  }
  const f = fockIndex(basis, ket.occupations);
  list[f] ??= jointKet(basis, ket, null);
  return list[f];
}

/** The ket in the joint basis, in the gauge. */
function jointKet(basis: Basis, ket: Ket, gauge: ComplexVector | null): SparseKet {
  const states: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  const f = fockIndex(basis, ket.occupations);
  for (let s = 0; s < basis.system; s++) {
    const i = basis.indexOf[f * basis.system + s];
    if (i < 0 || (ket.levels.re[s] === 0 && ket.levels.im[s] === 0)) continue;
    const cos = gauge === null ? 1 : gauge.re[i];
    const sin = gauge === null ? 0 : gauge.im[i];
    states.push(i);
    re.push(ket.levels.re[s] * cos + ket.levels.im[s] * sin);
    im.push(ket.levels.im[s] * cos - ket.levels.re[s] * sin);
  }
  return { states, re, im };
}

function withColumnPhases(a: SparseMatrix, phase: ComplexVector): SparseMatrix {
  const re = new Float64Array(a.re.length);
  const im = new Float64Array(a.re.length);
  for (let e = 0; e < a.re.length; e++) {
    const j = a.column[e];
    re[e] = a.re[e] * phase.re[j] - a.im[e] * phase.im[j];
    im[e] = a.re[e] * phase.im[j] + a.im[e] * phase.re[j];
  }
  return { ...a, re, im };
}
