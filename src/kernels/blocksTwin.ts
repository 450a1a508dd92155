/** The readable twin of assembly/blocks.ts. */

import type { BlockOperator } from "./stepOperator.ts";

/** y = σ H x − γ z where Fock states stand in blocks; gives ⟨x|y⟩. */
export function blocksTwin(
  h: BlockOperator,
  width: number,
  x: Float64Array,
  z: Float64Array,
  y: Float64Array,
  sigma: number,
  gamma: number,
): number {
  const { system: n, starts, termCount } = h;
  const numbers = n * width;
  const sum = new Float64Array(numbers);
  const out = new Float64Array(numbers);
  let overlap = 0;
  for (let b = 0; b < h.blockCount; b++) {
    for (let f = starts[b]; f < starts[b + 1]; f++) {
      const own = f * numbers;
      const place = f - starts[b];
      addOnSystem(h.onSystem, x.subarray(own, own + numbers), n, width, out.fill(0));
      const energy = h.blockEnergies[b] + h.innerEnergies[place];
      for (let c = 0; c < numbers; c++) out[c] += energy * x[own + c];
      for (let r = 0; r < termCount; r++) {
        sum.fill(0);
        eachNeighbour(h, b, place, r, (g, size) => {
          for (let c = 0; c < numbers; c++) sum[c] += size * x[g * numbers + c];
        });
        addOnSystem(h.operators.subarray(r * n * n, (r + 1) * n * n), sum, n, width, out);
      }
      for (let c = 0; c < numbers; c++) {
        y[own + c] = sigma * out[c] - gamma * z[own + c];
        overlap += y[own + c] * x[own + c];
      }
    }
  }
  return overlap;
}

/** The entries of X_r in the row of a place of block b. */
function eachNeighbour(
  h: BlockOperator,
  b: number,
  place: number,
  r: number,
  visit: (g: number, size: number) => void,
): void {
  const [start, end] = [h.starts[b], h.starts[b + 1]];
  const run = b * h.termCount + r;
  for (let k = h.runStart[run]; k < h.runStart[run + 1]; k++) {
    if (place < h.reach[k]) visit(h.from[k] + place, h.size[k]);
  }
  const row = r * (h.innerCount + 1) + place;
  for (let e = h.rowStart[row]; e < h.rowStart[row + 1]; e++) {
    if (start + h.column[e] < end) visit(start + h.column[e], h.values[e]);
  }
}

/** out += (O ⊗ 1) x, N × N times N rows of `width` numbers. */
function addOnSystem(o: Float64Array, x: Float64Array, n: number, width: number, out: Float64Array): void {
  for (let s = 0; s < n; s++) {
    for (let t = 0; t < n; t++) {
      for (let c = 0; c < width; c++) out[s * width + c] += o[s * n + t] * x[t * width + c];
    }
  }
}
