/** A few times that stand for all of them. */

/** Places of about `count` of the times, evenly spread in time, the extremes among them, ascending. */
export function samplePlaces(times: readonly number[], count: number): number[] {
  if (times.length <= count) return times.map((_, i) => i);
  // More times than are asked for: all of these are different.
  const ranks = Array.from({ length: count }, (_, c) => Math.round((c * (times.length - 1)) / (count - 1)));
  if (ascends(times)) return ranks;
  const order = times.map((_, i) => i).sort((i, j) => times[i] - times[j]);
  return ranks.map((rank) => order[rank]).sort((i, j) => i - j);
}

/** True if no time is earlier than the one before it. */
export function ascends(times: readonly number[]): boolean {
  for (let i = 1; i < times.length; i++) if (!(times[i - 1] <= times[i])) return false;
  return true;
}

/** About `count` of the times, the extremes among them, in the given order. */
export function sampleTimes(times: readonly number[], count: number): number[] {
  return samplePlaces(times, count).map((place) => times[place]);
}
