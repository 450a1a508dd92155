/** A truncated space of S and bosons: its Fock states, its joint states, and how they neighbour each other. */

export interface Basis {
  /** N. */
  readonly system: number;
  readonly modes: number;
  /** Largest height kept. */
  readonly cutoff: number;
  /** Fock states, and their occupations: occupations[f·modes + k]. */
  readonly fockCount: number;
  readonly occupations: Uint16Array;
  /** What a quantum of each mode takes of the cutoff. */
  readonly weights: readonly number[];
  /** Height of each Fock state: Σ_k weight_k n_k, the total excitation where all weights are 1. */
  readonly heights: Float64Array;
  /** Index of the joint state (f, s) at f·N + s, or −1 where it is not reachable. */
  readonly indexOf: Int32Array;
  /** Joint states: fock[i] and level[i] are the Fock state and the state of S. */
  readonly dimension: number;
  readonly fock: Int32Array;
  readonly level: Uint8Array;
  /** Fock state with one more quantum in mode k: raised[f·modes + k], or −1 where it is not kept. */
  readonly raised: Int32Array;
  /** The same with one quantum less. */
  readonly lowered: Int32Array;
  /** Fock state with a quantum moved from hoppings[h].from to .to: hopped[h][f], or −1; returned[h] is the inverse. */
  readonly hopped: readonly Int32Array[];
  readonly returned: readonly Int32Array[];
  /** True if nothing reachable was cut off: the space is complete. */
  readonly complete: boolean;
  /** The blocks that the Fock states stand in; null where they all stand by height. */
  readonly blocks: Blocks | null;
}

/**
 * Fock states with the same quanta in the first `outer` modes stand together, by height. A block has, with other quanta in
 * those modes, the first states of the first block in their order, as many as its height leaves room for.
 */
export interface Blocks {
  readonly outer: number;
  /** First Fock state of each block, and the end of the last. */
  readonly starts: Int32Array;
}
