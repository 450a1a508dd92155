/** Fewer points that draw the same curve. */

export interface Curve {
  /** Ascending. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * The curve with at most four points in each of `columns` equal intervals of x: the first, the least, the greatest and the
 * last, so that neither an extreme nor the way from one interval to the next is lost. A curve that is no longer than
 * that comes back as it is. x must ascend.
 */
export function decimate(curve: Curve, columns: number): Curve {
  const { x, y } = curve;
  const n = x.length;
  if (n <= 4 * columns) return curve;
  const from = x[0];
  const perUnit = columns / (x[n - 1] - from || 1);
  const keptX: number[] = [];
  const keptY: number[] = [];
  let start = 0;
  while (start < n) {
    const column = Math.floor((x[start] - from) * perUnit);
    let end = start + 1;
    let least = start;
    let greatest = start;
    while (end < n && Math.floor((x[end] - from) * perUnit) === column) {
      if (y[end] < y[least]) least = end;
      if (y[end] > y[greatest]) greatest = end;
      end++;
    }
    const kept = new Set([start, Math.min(least, greatest), Math.max(least, greatest), end - 1]);
    for (const i of kept) {
      keptX.push(x[i]);
      keptY.push(y[i]);
    }
    start = end;
  }
  return { x: keptX, y: keptY };
}
