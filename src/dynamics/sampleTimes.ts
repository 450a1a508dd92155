/** A few times that stand for all of them. */

/** Places of about `count` of the times, evenly spread in time, the extremes among them, ascending. */
export function samplePlaces(times: readonly number[], count: number): number[] {
  if (times.length <= count) return times.map((_, i) => i);
  const order = times.map((_, i) => i).sort((i, j) => times[i] - times[j]);
  const chosen = new Set<number>();
  for (let c = 0; c < count; c++) chosen.add(order[Math.round((c * (times.length - 1)) / (count - 1))]);
  return [...chosen].sort((i, j) => i - j);
}

/** About `count` of the times, the extremes among them, in the given order. */
export function sampleTimes(times: readonly number[], count: number): number[] {
  return samplePlaces(times, count).map((place) => times[place]);
}
