/** Lists of times as ways from 0, one for each sign. */

/** Times of one sign, moving away from 0, and their places in the user's list. */
export interface Way {
  readonly times: readonly number[];
  readonly places: readonly number[];
}

export function splitByDirection(times: readonly number[]): Way[] {
  const places = times.map((_, i) => i).sort((i, j) => Math.abs(times[i]) - Math.abs(times[j]));
  const ways = [places.filter((i) => times[i] >= 0), places.filter((i) => times[i] < 0)];
  return ways.filter((way) => way.length > 0).map((way) => ({ times: way.map((i) => times[i]), places: way }));
}
