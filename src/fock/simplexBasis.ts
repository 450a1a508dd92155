/** The basis where everything within the cutoff can be reached: counted instead of searched. */

import type { Basis } from "./basis.ts";
import type { Pattern } from "./hamiltonian.ts";

/**
 * True if each mode alone, with H_S, connects its vacuum and its first quantum in all levels of S. Then any state of the
 * simplex is reached from any other: what connects 0 and 1_k connects g and g + 1_k, with g quanta looking on.
 */
export function reachesAll({ dimension: n, modes, system, ladders, groupOf }: Pattern): boolean {
  if (modes === 0 || groupOf.some((group) => group !== groupOf[0])) return false;
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

/** Most quanta of one group that fit below the cutoff when all weights are 1. */
export function mostQuanta({ capacities, groupOf }: Pattern, cutoff: number): number {
  return Math.floor(Math.min(cutoff + 1e-9, capacities[groupOf[0]]));
}

/** Joint states of `simplexBasis`. */
export function simplexStates(pattern: Pattern, cutoff: number): number {
  return pattern.dimension * simplexCount(pattern.modes, mostQuanta(pattern, cutoff));
}

/** How many Fock states have up to `most` quanta in `modes` modes: C(most + modes, modes). */
function simplexCount(modes: number, most: number): number {
  let count = 1;
  for (let k = 1; k <= modes; k++) count = (count * (most + k)) / k;
  return Math.round(count);
}

/**
 * All Fock states with up to the cutoff's quanta, all weights being 1, in all levels of S: by height, and then with most
 * quanta in the first modes first.
 */
export function simplexBasis(pattern: Pattern, cutoff: number): Basis {
  const { dimension: n, modes } = pattern;
  const most = mostQuanta(pattern, cutoff);
  const count = simplexCount(modes, most);
  const occupations = new Uint16Array(count * modes);
  const heights = new Float64Array(count);
  const raised = new Int32Array(count * modes).fill(-1);
  const lowered = new Int32Array(count * modes).fill(-1);
  // before[k][r]: states that come first because modes from k on hold r quanta rather than fewer (in their shell, or at
  // all for k = 0): C(r + K − k − 1, K − k). The index of a state is the sum of these.
  const before = Array.from({ length: modes }, (_, k) =>
    Int32Array.from({ length: most + 2 }, (_, r) => (r === 0 ? 0 : simplexCount(modes - k, r - 1))),
  );
  const vector = new Uint16Array(modes);
  for (let f = 0; f < count; f++) {
    let height = 0;
    for (let k = 0; k < modes; k++) {
      occupations[f * modes + k] = vector[k];
      height += vector[k];
    }
    heights[f] = height;
    if (height < most) {
      let up = f;
      let rest = height;
      for (let k = 0; k < modes; k++) {
        up += before[k][rest + 1] - before[k][rest];
        raised[f * modes + k] = up;
        lowered[up * modes + k] = f;
        rest -= vector[k];
      }
    }
    advance(vector, height);
  }
  const indices = Int32Array.from({ length: count * n }, (_, i) => i);
  const fock = new Int32Array(count * n);
  const level = new Uint8Array(count * n);
  for (let i = 0; i < count * n; i++) {
    fock[i] = Math.floor(i / n);
    level[i] = i % n;
  }
  const capacity = pattern.capacities[pattern.groupOf[0]];
  const hop = (add: number, remove: number) =>
    Int32Array.from({ length: count }, (_, f) => {
      if (add === remove) return f;
      const less = lowered[f * modes + remove];
      return less < 0 ? -1 : raised[less * modes + add];
    });
  return {
    ...{ system: n, modes, cutoff, fockCount: count, occupations, heights, indexOf: indices },
    ...{ dimension: count * n, fock, level, raised, lowered },
    hopped: pattern.hoppings.map(({ to, from }) => hop(to, from)),
    returned: pattern.hoppings.map(({ to, from }) => hop(from, to)),
    complete: capacity <= cutoff + 1e-9,
  };
}

/** The next vector of the same height, or the first one of the next. */
function advance(vector: Uint16Array, height: number): void {
  const last = vector.length - 1;
  let k = last - 1;
  while (k >= 0 && vector[k] === 0) k--;
  if (k < 0) {
    vector[last] = 0;
    vector[0] = height + 1;
    return;
  }
  const tail = vector[last];
  vector[last] = 0;
  vector[k]--;
  vector[k + 1] = tail + 1;
}
