/** Fock states in which the bosons of a sector start, with their probabilities. */

export interface FockStart {
  readonly weight: number;
  readonly occupations: readonly number[];
}

/** Quanta in all. */
export function quantaOf(occupations: readonly number[]): number {
  return occupations.reduce((sum, count) => sum + count, 0);
}

/**
 * Products of the distributions (1 − x_k) x_kⁿ, most probable first, until what is left weighs at most `negligible`;
 * n_k ≤ capacity. For all x = 0 it is the vacuum alone.
 */
export function geometricStarts(ratios: readonly number[], negligible: number, capacity: number): FockStart[] {
  if (ratios.length === 1 && ratios[0] > 0) return fewestOf(ratios[0], negligible, capacity);
  const norm = ratios.map((x) => 1 / geometricSum(x, capacity));
  const vacuum = { weight: norm.reduce((product, factor) => product * factor, 1), occupations: ratios.map(() => 0) };
  const starts: FockStart[] = [];
  // Every state is reached once: from the one with a quantum less in its last filled mode.
  const queue: { start: FockStart; last: number }[] = [{ start: vacuum, last: 0 }];
  let left = 1;
  while (queue.length > 0 && left > negligible) {
    let best = 0;
    for (let i = 1; i < queue.length; i++) if (queue[i].start.weight > queue[best].start.weight) best = i;
    const [{ start, last }] = queue.splice(best, 1);
    starts.push(start);
    left -= start.weight;
    for (let k = last; k < ratios.length; k++) {
      if (ratios[k] === 0 || start.occupations[k] >= capacity) continue;
      const occupations = start.occupations.map((n, i) => (i === k ? n + 1 : n));
      queue.push({ start: { weight: start.weight * ratios[k], occupations }, last: k });
    }
  }
  return starts;
}

/** The same for one mode, whose starts are in order. */
function fewestOf(x: number, negligible: number, capacity: number): FockStart[] {
  const starts: FockStart[] = [];
  let left = 1;
  for (let n = 0, weight = 1 / geometricSum(x, capacity); n <= capacity && left > negligible; n++, weight *= x) {
    starts.push({ weight, occupations: [n] });
    left -= weight;
  }
  return starts;
}

/** Σ_{n=0}^{capacity} xⁿ, for 0 ≤ x ≤ 1 and any capacity, without loss of digits near x = 1. */
export function geometricSum(x: number, capacity: number): number {
  if (x === 0) return 1;
  if (x === 1) return capacity + 1;
  return -Math.expm1((capacity + 1) * Math.log(x)) / (1 - x);
}
