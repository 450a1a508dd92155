/**
 * Hierarchical equations of motion for undamped modes (Tanimura, J. Chem. Phys. 153, 020901, 2020), to find how many tiers
 * another solver needs. Two exponents for each |ω| of each bath, e^{−iωt} and e^{+iωt}, as QuTiP combines them.
 */

import { type Matrix, scale } from "../algebra/matrix.ts";
import { addSeries, type MatrixSeries, maxDifference, zeroSeries } from "../algebra/series.ts";
import { withField } from "./box.ts";
import type { FieldPoint } from "./fieldNodes.ts";
import { type HermitianBath, type OnHandoverProgress, RefusedHandoverError } from "./handover.ts";
import { apply, rowNorm, SparseBuilder, type SparseOperator, zeroVector } from "./sparseOperator.ts";

/** One exponent of a bath: c e^{−νt} in the commutator part and i c' e^{−νt} in the anticommutator part. */
export interface HierarchyExponent {
  readonly bath: number;
  /** ν = i times this. */
  readonly frequency: number;
  /** Of Re C(t): real. */
  readonly real: number;
  /** Of Im C(t): i times this. */
  readonly imaginary: number;
}

/** Re C = Σ g² cos ωt, Im C = −Σ g² sin ωt, written with e^{∓iωt}; what has the same exponent is added up. */
export function hierarchyExponents(baths: readonly HermitianBath[]): HierarchyExponent[] {
  return baths.flatMap(({ exponents }, bath) => {
    const sums = new Map<string, { frequency: number; real: number; imaginary: number }>();
    for (const { frequency, weight } of exponents) {
      for (const sign of [1, -1]) {
        const key = (sign * frequency).toPrecision(12);
        const known = sums.get(key) ?? { frequency: sign * frequency, real: 0, imaginary: 0 };
        known.real += weight / 2;
        // −sin ωt = (i/2)(e^{iωt} − e^{−iωt}): −i/2 with e^{−iωt}… both written as i · imaginary.
        known.imaginary += (-sign * weight) / 2;
        sums.set(key, known);
      }
    }
    return [...sums.values()].map((one) => ({ bath, ...one }));
  });
}

export interface HierarchyProblem {
  readonly hamiltonian: Matrix;
  readonly state: Matrix;
  readonly baths: readonly HermitianBath[];
  readonly field: readonly Matrix[];
  readonly points: readonly FieldPoint[];
  readonly reference: MatrixSeries;
  readonly tolerance: number;
  /** Entries of all auxiliary operators that are allowed. */
  readonly mostStates: number;
  readonly onProgress?: OnHandoverProgress | undefined;
}

/** The fewest tiers that are tried. */
const fewestTiers = 2;

/** Throws RefusedHandoverError where not even the fewest tiers have room. */
export function requireFewest(problem: Pick<HierarchyProblem, "hamiltonian" | "baths" | "mostStates">): void {
  requireRoom(problem, hierarchyExponents(problem.baths).length, fewestTiers);
}

function requireRoom(
  { hamiltonian, mostStates }: Pick<HierarchyProblem, "hamiltonian" | "mostStates">,
  exponents: number,
  depth: number,
): void {
  const size = auxiliaryCount(exponents, depth) * hamiltonian.rows ** 2;
  if (size <= mostStates) return;
  throw new RefusedHandoverError(
    `with ${depth} tiers the hierarchy has ${size} unknowns and needs more, but ${mostStates} are allowed. Allow more ` +
      "with --states, give earlier --times or a larger --tolerance, or use a solver with Fock states (--to qutip).",
    { tooLarge: true },
  );
}

/** (count + depth)! / count! / depth!, of which `auxiliaries` makes the list. */
function auxiliaryCount(count: number, depth: number): number {
  let product = 1;
  for (let k = 1; k <= depth; k++) product *= (count + k) / k;
  return Math.round(product);
}

/** Tiers, at most a quarter more than needed, with which ρ_S(t) is within a third of the tolerance. Throws RefusedHandoverError. */
export function chooseDepth(problem: HierarchyProblem): { depth: number; deviation: number } {
  const { baths, tolerance } = problem;
  const exponents = hierarchyExponents(baths);
  for (let depth = fewestTiers; ; depth += Math.max(2, Math.floor(depth / 4))) {
    requireRoom(problem, exponents.length, depth);
    const found = averaged(problem, exponents, depth);
    const deviation = found === null ? Number.POSITIVE_INFINITY : maxDifference(found, problem.reference);
    if (deviation <= tolerance / 3) return { depth, deviation };
  }
}

/** ρ_S(t) with so many tiers; null as soon as it is seen, without a field to average over, that they are too few. */
function averaged(
  problem: HierarchyProblem,
  exponents: readonly HierarchyExponent[],
  depth: number,
): MatrixSeries | null {
  const { hamiltonian, state, baths, field, points, reference, tolerance, onProgress } = problem;
  const sum = zeroSeries(reference.times, reference.dimension);
  const size = reference.dimension ** 2;
  const tooFar = (rho: MatrixSeries, t: number): boolean => {
    for (let i = t * size; i < (t + 1) * size; i++) {
      if (!(Math.hypot(rho.re[i] - reference.re[i], rho.im[i] - reference.im[i]) <= tolerance / 3)) return true;
    }
    return false;
  };
  const total = points.length * reference.times.length;
  let done = 0;
  const giveUp = (rho: MatrixSeries, t: number): boolean => {
    onProgress?.({ doing: `ρ_S(t) with ${depth} tiers`, done: ++done, total });
    return points.length === 1 && tooFar(rho, t);
  };
  for (const { weight, values } of points) {
    const system = withField(hamiltonian, field, values);
    const generator = hierarchyGenerator(system, baths, exponents, depth);
    const rho = evolveHierarchy(generator, state, reference.times, giveUp);
    if (rho === null) return null;
    addSeries(sum, rho, weight);
  }
  return sum;
}

/** Occupations of the exponents with at most `depth` in all, the empty one first. */
function auxiliaries(count: number, depth: number): number[][] {
  const found: number[][] = [];
  const extend = (head: readonly number[], left: number): void => {
    if (head.length === count) {
      found.push([...head]);
      return;
    }
    for (let n = 0; n <= left; n++) extend([...head, n], left - n);
  };
  extend([], depth);
  return found;
}

/**
 * dρ_n/dt = −i[H, ρ_n] − Σ n_k ν_k ρ_n − i Σ [Q, ρ_{n+k}] − i Σ n_k (c_k [Q, ρ_{n−k}] + i c'_k {Q, ρ_{n−k}}), with
 * C = Σ (c_k + i c'_k) e^{−ν_k t}, c_k and i c'_k as in Re and Im of C.
 */
function hierarchyGenerator(
  system: Matrix,
  baths: readonly HermitianBath[],
  exponents: readonly HierarchyExponent[],
  depth: number,
): SparseOperator {
  const n = system.rows;
  const list = auxiliaries(exponents.length, depth);
  const index = new Map(list.map((one, i) => [one.join(), i]));
  const builder = new SparseBuilder(list.length * n * n);
  const minusI = { re: 0, im: -1 };
  list.forEach((occupations, at) => {
    let damping = 0;
    occupations.forEach((count, k) => {
      damping += count * exponents[k].frequency;
    });
    addSandwich(builder, at, at, scale(system, minusI), scale(system, { re: 0, im: 1 }), -damping);
    exponents.forEach(({ bath, real, imaginary }, k) => {
      const q = baths[bath].operator;
      const above = index.get(occupations.map((count, i) => (i === k ? count + 1 : count)).join());
      if (above !== undefined) addSandwich(builder, at, above, scale(q, minusI), scale(q, { re: 0, im: 1 }), 0);
      if (occupations[k] === 0) return;
      const below = index.get(occupations.map((count, i) => (i === k ? count - 1 : count)).join());
      if (below === undefined) return;
      // −i n (c [Q, ρ] + i (i c'') {Q, ρ}) with c' = i c'': left −i n (c − c''), right +i n (c + c'').
      const left = scale(q, { re: 0, im: -occupations[k] * (real - imaginary) });
      const right = scale(q, { re: 0, im: occupations[k] * (real + imaginary) });
      addSandwich(builder, at, below, left, right, 0);
    });
  });
  return builder.build();
}

/** Adds ρ_to += left ρ_from + ρ_from right + i shift ρ_from. */
function addSandwich(builder: SparseBuilder, to: number, from: number, left: Matrix, right: Matrix, shift: number) {
  const n = left.rows;
  const row = to * n * n;
  const column = from * n * n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      builder.add(row + i * n + j, column + i * n + j, 0, shift);
      for (let k = 0; k < n; k++) {
        builder.add(row + i * n + j, column + k * n + j, left.re[i * n + k], left.im[i * n + k]);
        builder.add(row + i * n + j, column + i * n + k, right.re[k * n + j], right.im[k * n + j]);
      }
    }
  }
}

/** ρ_S(t) from the generator by its Taylor series, in steps that keep rounding small; null if it was told to give up. */
function evolveHierarchy(
  generator: SparseOperator,
  state: Matrix,
  times: readonly number[],
  giveUp: (rho: MatrixSeries, t: number) => boolean,
): MatrixSeries | null {
  const n = state.rows;
  const rho = zeroSeries(times, n);
  const longest = 2 / Math.max(rowNorm(generator), 1e-12);
  const vector = zeroVector(generator.dimension);
  vector.re.set(state.re);
  vector.im.set(state.im);
  let term = zeroVector(generator.dimension);
  let next = zeroVector(generator.dimension);
  let now = 0;
  for (const [t, time] of times.entries()) {
    const steps = Math.ceil((time - now) / longest);
    for (let step = 0; step < steps; step++) {
      const h = (time - now) / steps;
      term.re.set(vector.re);
      term.im.set(vector.im);
      for (let order = 1; order <= 20; order++) {
        apply(generator, term, next);
        for (let i = 0; i < next.re.length; i++) {
          next.re[i] *= h / order;
          next.im[i] *= h / order;
          vector.re[i] += next.re[i];
          vector.im[i] += next.im[i];
        }
        [term, next] = [next, term];
      }
    }
    now = time;
    rho.re.set(vector.re.subarray(0, n * n), t * n * n);
    rho.im.set(vector.im.subarray(0, n * n), t * n * n);
    if (giveUp(rho, t)) return null;
  }
  return rho;
}
