/** A state space that is a product of parts: which part an index belongs to. The first part is the slowest index. */

export interface Split {
  /** Product of the dimensions of the chosen parts. */
  readonly insideDimension: number;
  /** Product of the dimensions of the others. */
  readonly outsideDimension: number;
  /** For every joint index, the index of the chosen parts among themselves, in their order in `dims`. */
  readonly inside: Int32Array;
  /** For every joint index, the index of the others. */
  readonly outside: Int32Array;
}

/**
 * Splits the product space of `dims` into the parts listed (from 0, in any order) and the rest.
 * Throws RangeError if a part does not exist or is listed twice.
 */
export function splitParts(dims: readonly number[], parts: readonly number[]): Split {
  for (const part of parts) {
    if (!Number.isInteger(part) || part < 0 || part >= dims.length) {
      throw new RangeError(`there is no part ${part}: the parts are numbered from 0 to ${dims.length - 1}.`);
    }
  }
  const chosen = new Set(parts);
  if (chosen.size !== parts.length)
    throw new RangeError(`the parts [${parts.join(", ")}] must differ from each other.`);
  let inside = new Int32Array(1);
  let outside = new Int32Array(1);
  let insideDimension = 1;
  let outsideDimension = 1;
  dims.forEach((dim, part) => {
    const isChosen = chosen.has(part);
    inside = refine(inside, dim, isChosen);
    outside = refine(outside, dim, !isChosen);
    if (isChosen) insideDimension *= dim;
    else outsideDimension *= dim;
  });
  return { insideDimension, outsideDimension, inside, outside };
}

/** The same index with one part more: counted if the part belongs to this side, only repeated if not. */
function refine(index: Int32Array, dim: number, counts: boolean): Int32Array<ArrayBuffer> {
  const finer = new Int32Array(index.length * dim);
  for (let i = 0; i < finer.length; i++) {
    const head = index[Math.floor(i / dim)];
    finer[i] = counts ? head * dim + (i % dim) : head;
  }
  return finer;
}
