/** A few times that stand for all of them. */

/** About `count` of the times, the extremes among them, in the given order. */
export function sampleTimes(times: readonly number[], count: number): number[] {
  if (times.length <= count) return [...times];
  const order = times.map((_, i) => i).sort((i, j) => times[i] - times[j]);
  const chosen = new Set<number>();
  for (let c = 0; c < count; c++) chosen.add(order[Math.round((c * (times.length - 1)) / (count - 1))]);
  return times.filter((_, i) => chosen.has(i));
}
