/** Revivals: where a quantity that noise makes fall rises again. */

export interface Revivals {
  /** Σ of all rises. */
  readonly total: number;
  /** Maxima that stand out from the minimum before them by more than the noise. */
  readonly count: number;
  /** The highest of these maxima, and when; null if there is none. */
  readonly highest: { readonly time: number; readonly value: number } | null;
  /** The time at which the first rise begins, that is of the first minimum; null if there is none. */
  readonly begins: number | null;
}

/** Rises of a series at ascending times; those of at most `noise` in all between two turns are none. */
export function revivals(times: readonly number[], values: ArrayLike<number>, noise: number): Revivals {
  let total = 0;
  let count = 0;
  let highest: Revivals["highest"] = null;
  let begins: number | null = null;
  for (let t = 1, low = 0; t < times.length; t++) {
    if (values[t] <= values[low]) {
      low = t;
      continue;
    }
    let top = t;
    // Up to where it has fallen by more than the noise below the top.
    let end = t;
    while (end + 1 < times.length && values[end + 1] >= values[top] - noise) {
      end++;
      if (values[end] > values[top]) top = end;
    }
    const rise = values[top] - values[low];
    if (rise > noise) {
      total += rise;
      count++;
      begins ??= times[low];
      if (highest === null || values[top] > highest.value) highest = { time: times[top], value: values[top] };
    }
    low = end;
    for (let i = top; i <= end; i++) if (values[i] <= values[low]) low = i;
    t = end;
  }
  return { total, count, highest, begins };
}
