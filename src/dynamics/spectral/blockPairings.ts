/** Which invariant subspaces join in ρ_S: those that hold states with the same bosons. The same for all sectors of a space. */

import type { Basis } from "../../fock/basis.ts";

/** Two invariant subspaces, or twice the same one. */
export interface BlockPairing {
  readonly left: number;
  readonly right: number;
  /** By the entry (a, b) of ρ_S, at a·N + b. */
  readonly joints: readonly JointStates[];
}

/** Places of states with the same bosons: rows[m] in the left subspace, others[m] in the right one. */
export interface JointStates {
  readonly rows: Int32Array;
  readonly others: Int32Array;
}

const known = new WeakMap<readonly Int32Array[], readonly BlockPairing[]>();

/** All pairings of the invariant subspaces of a basis, left ≤ right. */
export function blockPairings(basis: Basis, subspaces: readonly Int32Array[]): readonly BlockPairing[] {
  let found = known.get(subspaces);
  if (found === undefined) {
    found = findPairings(basis, subspaces);
    known.set(subspaces, found);
  }
  return found;
}

function findPairings(basis: Basis, subspaces: readonly Int32Array[]): readonly BlockPairing[] {
  const { system: n, indexOf, fock, level } = basis;
  const blockOf = new Int32Array(basis.dimension);
  const placeOf = new Int32Array(basis.dimension);
  subspaces.forEach((states, x) => {
    states.forEach((state, place) => {
      blockOf[state] = x;
      placeOf[state] = place;
    });
  });
  return subspaces.flatMap((states, left) => {
    const found = new Map<number, { row: number; other: number }[][]>();
    states.forEach((state, row) => {
      for (let b = 0; b < n; b++) {
        const joint = indexOf[fock[state] * n + b];
        if (joint < 0 || blockOf[joint] < left) continue;
        const lists = found.get(blockOf[joint]) ?? Array.from({ length: n * n }, () => []);
        found.set(blockOf[joint], lists);
        lists[level[state] * n + b].push({ row, other: placeOf[joint] });
      }
    });
    return [...found].map(([right, lists]): BlockPairing => {
      const joints = lists.map((list) => ({
        rows: Int32Array.from(list, ({ row }) => row),
        others: Int32Array.from(list, ({ other }) => other),
      }));
      return { left, right, joints };
    });
  });
}
