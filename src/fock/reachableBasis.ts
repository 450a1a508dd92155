/** The states of S and bosons that are reachable from the start, up to a (weighted) total excitation: physics section 7. */

import type { Basis } from "./basis.ts";
import type { Pattern } from "./hamiltonian.ts";
import { Occupations } from "./occupations.ts";
import { reachesAll, simplexBasis, simplexCount, simplexHolds, simplexUpTo } from "./simplexBasis.ts";

/** Thrown when a basis would have more joint states than allowed. */
export class BasisTooLarge extends Error {
  readonly states: number;
  constructor(states: number) {
    super(`more than ${states} states`);
    this.states = states;
  }
}

/**
 * Starts from the joint states (vector of occupations, level of S) and follows every term of the pattern.
 * Throws BasisTooLarge as soon as `limit` joint states are exceeded.
 */
export function reachableBasis(
  pattern: Pattern,
  start: readonly { readonly occupations: readonly number[]; readonly levels: readonly number[] }[],
  cutoff: number,
  limit = Number.POSITIVE_INFINITY,
): Basis {
  const { dimension: n, modes } = pattern;
  const simplex = reachesAll(pattern) ? simplexUpTo(pattern, cutoff) : null;
  if (simplex !== null && start.every(({ occupations }) => simplexHolds(simplex, occupations))) {
    if (n * simplexCount(simplex) > limit) throw new BasisTooLarge(limit);
    return simplexBasis(pattern, cutoff, simplex);
  }
  const table = new Occupations(modes);
  let reached = new Uint8Array(64 * n);
  const queue: number[] = [];
  const vector = new Uint16Array(modes);
  let complete = true;

  const reach = (f: number, s: number) => {
    const at = f * n + s;
    if (at >= reached.length) {
      const larger = new Uint8Array(Math.max(2 * reached.length, (f + 1) * n));
      larger.set(reached);
      reached = larger;
    }
    if (reached[at] === 1) return;
    reached[at] = 1;
    queue.push(at);
    if (queue.length > limit) throw new BasisTooLarge(limit);
  };
  // Sums of weights such as 1/2 or 7/3 must not fail at the cutoff itself for their rounding.
  const most = cutoff + 1e-9;
  const { weights, groupOf, capacities } = pattern;
  const inGroup = new Float64Array(capacities.length);
  let height = 0;
  /** Takes a Fock state for the vector that is changed from here on, and put back after each change. */
  const load = (f: number) => {
    inGroup.fill(0);
    height = 0;
    for (let k = 0; k < modes; k++) {
      const count = table.rows[f * modes + k];
      vector[k] = count;
      if (count === 0) continue;
      inGroup[groupOf[k]] += count;
      height += count * weights[k];
    }
  };

  const hop = (s: number, remove: number, add: number, entries: Uint8Array, forward: boolean) => {
    vector[remove]--;
    vector[add]++;
    const fits = height - weights[remove] + weights[add] <= most;
    let moved = -1;
    for (let to = 0; to < n; to++) {
      if (entries[forward ? to * n + s : s * n + to] === 0) continue;
      if (!fits) {
        complete = false;
        break;
      }
      if (moved < 0) moved = table.add(vector);
      reach(moved, to);
    }
    vector[add]--;
    vector[remove]++;
  };

  for (const { occupations, levels } of start) {
    vector.set(occupations);
    const f = table.add(vector);
    for (const s of levels) reach(f, s);
  }
  for (let head = 0; head < queue.length; head++) {
    const f = Math.floor(queue[head] / n);
    const s = queue[head] % n;
    load(f);
    for (let to = 0; to < n; to++) if (pattern.system[to * n + s] === 1) reach(f, to);
    for (const { mode, entries } of pattern.ladders) {
      if (vector[mode] > 0) {
        vector[mode]--;
        let lowered = -1;
        for (let to = 0; to < n; to++) {
          if (entries[s * n + to] === 0) continue;
          if (lowered < 0) lowered = table.add(vector);
          reach(lowered, to);
        }
        vector[mode]++;
      }
      const group = groupOf[mode];
      if (inGroup[group] >= capacities[group]) continue;
      vector[mode]++;
      const fits = height + weights[mode] <= most;
      let raised = -1;
      for (let to = 0; to < n; to++) {
        if (entries[to * n + s] === 0) continue;
        if (!fits) {
          complete = false;
          break;
        }
        if (raised < 0) raised = table.add(vector);
        reach(raised, to);
      }
      vector[mode]--;
    }
    for (const { to: into, from: out, entries } of pattern.hoppings) {
      if (into === out) {
        for (let to = 0; to < n; to++) if (entries[to * n + s] === 1) reach(f, to);
        continue;
      }
      if (vector[out] > 0) hop(s, out, into, entries, true);
      if (vector[into] > 0) hop(s, into, out, entries, false);
    }
  }
  return index(pattern, table, reached, cutoff, complete);
}

/** Orders the Fock states by height and numbers the joint states. */
function index(pattern: Pattern, table: Occupations, reached: Uint8Array, cutoff: number, complete: boolean): Basis {
  const { dimension: n, modes } = pattern;
  const count = table.count;
  const unordered = new Float64Array(count);
  for (let f = 0; f < count; f++) {
    for (let k = 0; k < modes; k++) unordered[f] += table.rows[f * modes + k] * pattern.weights[k];
  }
  const order = Uint32Array.from({ length: count }, (_, f) => f).sort((f, g) => {
    if (unordered[f] !== unordered[g]) return unordered[f] - unordered[g];
    for (let k = 0; k < modes; k++) {
      const difference = table.rows[g * modes + k] - table.rows[f * modes + k];
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const sorted = new Occupations(modes);
  const vector = new Uint16Array(modes);
  const heights = new Float64Array(count);
  const indexOf = new Int32Array(count * n).fill(-1);
  const fock: number[] = [];
  const level: number[] = [];
  order.forEach((from, f) => {
    for (let k = 0; k < modes; k++) vector[k] = table.rows[from * modes + k];
    sorted.add(vector);
    heights[f] = unordered[from];
    for (let s = 0; s < n; s++) {
      if (reached[from * n + s] !== 1) continue;
      indexOf[f * n + s] = fock.length;
      fock.push(f);
      level.push(s);
    }
  });
  const raised = new Int32Array(count * modes).fill(-1);
  const lowered = new Int32Array(count * modes).fill(-1);
  const hopped = pattern.hoppings.map(() => new Int32Array(count).fill(-1));
  const returned = pattern.hoppings.map(() => new Int32Array(count).fill(-1));
  for (let f = 0; f < count; f++) {
    for (let k = 0; k < modes; k++) vector[k] = sorted.rows[f * modes + k];
    for (let k = 0; k < modes; k++) {
      vector[k]++;
      const up = sorted.find(vector);
      raised[f * modes + k] = up;
      if (up >= 0) lowered[up * modes + k] = f;
      vector[k]--;
    }
    pattern.hoppings.forEach(({ to, from }, h) => {
      if (to === from) {
        hopped[h][f] = f;
        returned[h][f] = f;
      } else if (vector[from] > 0) {
        vector[from]--;
        vector[to]++;
        const moved = sorted.find(vector);
        hopped[h][f] = moved;
        if (moved >= 0) returned[h][moved] = f;
        vector[from]++;
        vector[to]--;
      }
    });
  }
  return {
    system: n,
    modes,
    cutoff,
    fockCount: count,
    occupations: sorted.rows,
    weights: pattern.weights,
    heights,
    indexOf,
    dimension: fock.length,
    fock: Int32Array.from(fock),
    level: Uint8Array.from(level),
    raised,
    lowered,
    hopped,
    returned,
    complete,
    blocks: null,
  };
}
