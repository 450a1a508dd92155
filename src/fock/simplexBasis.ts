/** The basis where everything within the cutoff can be reached: counted instead of searched. */

import type { Basis } from "./basis.ts";
import type { Pattern } from "./hamiltonian.ts";

/** Weights are multiples of this, so that heights are exact and can be counted. */
export const grain = 1 / 16;

/**
 * True if each mode alone, with H_S, connects its vacuum and its first quantum in all levels of S. Then any state of the
 * simplex is reached from any other: what connects 0 and 1_k connects g and g + 1_k, with g quanta looking on.
 */
export function reachesAll({ dimension: n, modes, system, ladders }: Pattern): boolean {
  if (modes === 0) return false;
  for (let mode = 0; mode < modes; mode++) {
    // Levels with the vacuum are 0 to n − 1, with one quantum n to 2n − 1.
    const reached = new Uint8Array(2 * n);
    const stack = [0];
    reached[0] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const s = at % n;
      const reach = (to: number) => {
        if (reached[to] === 1) return;
        reached[to] = 1;
        stack.push(to);
      };
      for (let to = 0; to < n; to++) {
        if (system[to * n + s] === 1) reach(at - s + to);
        for (const { mode: other, entries } of ladders) {
          if (other !== mode) continue;
          if (at < n && entries[to * n + s] === 1) reach(n + to);
          if (at >= n && entries[s * n + to] === 1) reach(to);
        }
      }
    }
    if (reached.includes(0)) return false;
  }
  return true;
}

/** All Fock states with Σ units n ≤ budget, of which there are as many as `counts` says. */
export interface Simplex {
  /** What a quantum of each mode takes of the budget, in whole numbers. */
  readonly units: readonly number[];
  readonly budget: number;
  /** Height of one unit. */
  readonly height: number;
  /** counts[k][b]: how many vectors of the modes from k on take at most b. */
  readonly counts: readonly Float64Array[];
  /** Its only group can hold no more. */
  readonly complete: boolean;
}

/**
 * The simplex of all Fock states up to the cutoff; null where a group runs out of quanta before, and its modes are not all
 * there are, or weigh differently; or where the weights are no multiples of the grain.
 */
export function simplexUpTo({ modes, weights, groupOf, capacities }: Pattern, cutoff: number): Simplex | null {
  const grains = weights.map((weight) => weight / grain);
  if (grains.some((count) => !Number.isInteger(count))) return null;
  const common = grains.reduce(commonDivisor);
  const units = grains.map((count) => count / common);
  const height = common * grain;
  const least = Math.min(...weights);
  const free = groupOf.every((group) => capacities[group] * least > cutoff + 1e-9);
  const alike = units.every((unit) => unit === 1) && groupOf.every((group) => group === groupOf[0]);
  if (!free && !alike) return null;
  const full = capacities[groupOf[0]] * height;
  const top = free ? cutoff : Math.min(cutoff, full);
  const budget = Math.floor(top / height + 1e-9);
  const counts = Array.from({ length: modes + 1 }, () => new Float64Array(budget + 1));
  counts[modes].fill(1);
  for (let k = modes - 1; k >= 0; k--) {
    for (let b = 0; b <= budget; b++) {
      counts[k][b] = counts[k + 1][b] + (b >= units[k] ? counts[k][b - units[k]] : 0);
    }
  }
  return { units, budget, height, counts, complete: !free && full <= cutoff + 1e-9 };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** How many Fock states the simplex has. */
export function simplexCount({ counts, budget }: Simplex): number {
  return counts[0][budget];
}

/** Whether the simplex holds a Fock state. */
export function simplexHolds({ units, budget }: Simplex, occupations: readonly number[]): boolean {
  return occupations.reduce((sum, count, k) => sum + count * units[k], 0) <= budget;
}

/** Measured on spaces of 3 to 10 modes: with fewer Fock states than that, H with all its neighbours is near enough in memory. */
const fewestInBlocks = 2 ** 16;
/** And a block is best not larger than this: what inner modes lead to, and what is stored of them, stays near. */
const largestBlock = 2 ** 15;

/** Blocks are of use where what a mode does depends on no other mode (src/fock/blockOperator.ts), and elsewhere cost time. */
function mostInBlockFor({ hoppings, capacities }: Pattern, count: number): number {
  const free = hoppings.length === 0 && capacities.every((capacity) => capacity === Number.POSITIVE_INFINITY);
  return free && count >= fewestInBlocks ? largestBlock : Number.POSITIVE_INFINITY;
}

/**
 * All Fock states of the simplex in all levels of S: by height, and then with most quanta in the first modes first. Where they
 * are more than `mostInBlock` they stand so in blocks, those with fewest quanta in the first modes first.
 */
export function simplexBasis(
  pattern: Pattern,
  cutoff: number,
  simplex: Simplex,
  mostInBlock: number = mostInBlockFor(pattern, simplexCount(simplex)),
): Basis {
  const { dimension: n, modes } = pattern;
  const { height } = simplex;
  const count = simplexCount(simplex);
  const outer = simplex.counts.findIndex((counts) => counts[simplex.budget] <= mostInBlock);
  const { places, taken, starts } = placesInBlocks(simplex, modes, outer);
  const occupations = new Uint16Array(count * modes);
  const heights = new Float64Array(count);
  const raised = new Int32Array(count * modes).fill(-1);
  const lowered = new Int32Array(count * modes).fill(-1);
  eachVector(simplex, modes, (vector, rank, rests) => {
    const f = places[rank];
    heights[f] = taken[rank] * height;
    for (let k = 0; k < modes; k++) {
      occupations[f * modes + k] = vector[k];
      const up = rankAbove(simplex, modes, rests, k);
      if (up < 0) continue;
      raised[f * modes + k] = places[up];
      lowered[places[up] * modes + k] = f;
    }
  });
  const indices = Int32Array.from({ length: count * n }, (_, i) => i);
  const fock = new Int32Array(count * n);
  const level = new Uint8Array(count * n);
  for (let i = 0; i < count * n; i++) {
    fock[i] = Math.floor(i / n);
    level[i] = i % n;
  }
  const hop = (add: number, remove: number) =>
    Int32Array.from({ length: count }, (_, f) => {
      if (add === remove) return f;
      const less = lowered[f * modes + remove];
      return less < 0 ? -1 : raised[less * modes + add];
    });
  return {
    ...{ system: n, modes, cutoff, fockCount: count, occupations, indexOf: indices },
    ...{ weights: pattern.weights, heights },
    ...{ dimension: count * n, fock, level, raised, lowered },
    hopped: pattern.hoppings.map(({ to, from }) => hop(to, from)),
    returned: pattern.hoppings.map(({ to, from }) => hop(from, to)),
    complete: simplex.complete,
    blocks: outer === 0 ? null : { outer, starts },
  };
}

/** Where each vector stands, in the order of their ranks, and what it takes of the budget; where each block starts. */
function placesInBlocks(
  simplex: Simplex,
  modes: number,
  outer: number,
): { places: Int32Array; taken: Int32Array; starts: Int32Array } {
  const { budget } = simplex;
  const count = simplexCount(simplex);
  const inBlock = simplex.counts[outer];
  const taken = new Int32Array(count);
  const places = new Int32Array(count);
  const starts = [count];
  /** Where the next state of the block with each height is put. */
  const next = new Int32Array(budget + 1);
  // Ranks go from block to block, the last block first.
  let left = 0;
  eachVector(simplex, modes, (_, rank, rests) => {
    taken[rank] = budget - rests[modes];
    if (left === 0) {
      left = inBlock[rests[outer]];
      starts.push(starts[starts.length - 1] - left);
      for (let b = 0; b <= budget; b++) next[b] = starts[starts.length - 1] + (b === 0 ? 0 : inBlock[b - 1]);
    }
    places[rank] = next[rests[outer] - rests[modes]]++;
    left--;
  });
  return { places, taken, starts: Int32Array.from(starts.reverse()) };
}

/** Visits the vectors with most quanta in the first modes first; rests[k] is what the modes before k leave of the budget. */
function eachVector(
  { units, budget }: Simplex,
  modes: number,
  visit: (vector: Uint16Array, rank: number, rests: Int32Array) => void,
): void {
  const vector = new Uint16Array(modes);
  const rests = new Int32Array(modes + 1);
  rests[0] = budget;
  /** As many quanta as fit into the modes from k on, the first ones first. */
  const fill = (from: number) => {
    for (let k = from; k < modes; k++) {
      vector[k] = Math.floor(rests[k] / units[k]);
      rests[k + 1] = rests[k] - vector[k] * units[k];
    }
  };
  fill(0);
  for (let rank = 0; ; rank++) {
    visit(vector, rank, rests);
    let k = modes - 1;
    while (k >= 0 && vector[k] === 0) k--;
    if (k < 0) return;
    vector[k]--;
    rests[k + 1] += units[k];
    fill(k + 1);
  }
}

/** The rank of the vector with one quantum more in mode k, or −1: how many have more quanta in the first mode that differs. */
function rankAbove({ units, counts }: Simplex, modes: number, rests: Int32Array, k: number): number {
  const more = units[k];
  if (rests[modes] < more) return -1;
  let rank = 0;
  for (let j = 0; j < modes; j++) {
    const left = rests[j + 1] - (j < k ? 0 : more) - units[j];
    if (left >= 0) rank += counts[j][left];
  }
  return rank;
}
