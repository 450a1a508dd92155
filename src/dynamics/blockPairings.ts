/** Which invariant subspaces join in ρ_S: those that hold states with the same bosons. The same for all sectors of a space. */

import type { Basis } from "../fock/basis.ts";

/** Two invariant subspaces, or twice the same one. */
export interface BlockPairing {
  readonly left: number;
  readonly right: number;
  /** Places of states with the same bosons: rows[m] in the left subspace, others[m] in the right one. */
  readonly rows: Int32Array;
  readonly others: Int32Array;
  /** In the order of the entries (a, b) of ρ_S that they belong to: those of entry a·N + b are from starts[a·N + b] on. */
  readonly starts: Int32Array;
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
    const joints = new Map<number, { row: number; other: number; entry: number }[]>();
    states.forEach((state, row) => {
      for (let b = 0; b < n; b++) {
        const joint = indexOf[fock[state] * n + b];
        if (joint < 0 || blockOf[joint] < left) continue;
        const list = joints.get(blockOf[joint]) ?? [];
        if (list.length === 0) joints.set(blockOf[joint], list);
        list.push({ row, other: placeOf[joint], entry: level[state] * n + b });
      }
    });
    return [...joints].map(([right, list]): BlockPairing => {
      list.sort((x, y) => x.entry - y.entry);
      const starts = new Int32Array(n * n + 1);
      for (const { entry } of list) starts[entry + 1]++;
      for (let e = 0; e < n * n; e++) starts[e + 1] += starts[e];
      const rows = Int32Array.from(list, ({ row }) => row);
      const others = Int32Array.from(list, ({ other }) => other);
      return { left, right, rows, others, starts };
    });
  });
}
