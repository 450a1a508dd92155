/** The ways that states of S take through pulses: from a time, mostly 0, to the times asked for, in pieces between pulses. */

import type { Matrix } from "../../algebra/matrix.ts";
import { adjoint } from "../../algebra/matrix.ts";
import type { Protocol } from "../../model/types.ts";

/** A stretch between two pulses (or other breaks), gone from `from` to `to`, which may be the earlier one. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Times asked for on it, in the order in which they are met, and their places in the user's list. */
  readonly times: readonly number[];
  readonly places: readonly number[];
  /** What is applied to S at its end. */
  readonly unitary: Matrix | null;
}

/** Pieces that follow one another from the start. */
export type Way = readonly Piece[];

/**
 * One way to times ≥ 0 and one to times < 0; for a scan, one for each time. At `breaks` a piece ends without a pulse. A time
 * at which a pulse comes is that after it (the given state is that before a pulse at time 0), in both directions.
 * Throws RangeError for a scan with a negative time.
 */
export function waysThrough(protocol: Protocol, times: readonly number[], breaks: readonly number[] = []): Way[] {
  if (!protocol.scan) {
    return bothWays(
      protocol.pulses.filter(({ at }) => at >= 0),
      protocol.pulses.filter(({ at }) => at < 0),
      times,
      breaks,
      0,
    );
  }
  return times.map((t, place) => {
    if (t < 0) throw new RangeError("an experiment cannot take a negative time");
    return forward(
      protocol.pulses.map(({ at, unitary }) => ({ at: at * t, unitary })),
      breaks,
      times,
      [place],
      0,
    );
  });
}

/** The same from the state at another time, which is that after a pulse at that time. Not for scans. */
export function waysFrom(
  start: number,
  { pulses }: Protocol,
  times: readonly number[],
  breaks: readonly number[] = [],
): Way[] {
  return bothWays(
    pulses.filter(({ at }) => at > start),
    pulses.filter(({ at }) => at <= start),
    times,
    breaks,
    start,
  );
}

function bothWays(
  later: readonly Stop[],
  earlier: readonly Stop[],
  times: readonly number[],
  breaks: readonly number[],
  start: number,
): Way[] {
  const places = times.map((_, i) => i);
  const ahead = places.filter((i) => times[i] >= start);
  const behind = places.filter((i) => times[i] < start);
  return [forward(later, breaks, times, ahead, start), backward(earlier, breaks, times, behind, start)].filter(
    (way) => way.length > 0,
  );
}

interface Stop {
  readonly at: number;
  readonly unitary: Matrix | null;
}

function forward(
  pulses: readonly Stop[],
  breaks: readonly number[],
  times: readonly number[],
  places: number[],
  start: number,
): Way {
  if (places.length === 0) return [];
  const order = places.sort((i, j) => times[i] - times[j]);
  const end = times[order[order.length - 1]];
  const plain = breaks.filter((at) => at > start).map((at): Stop => ({ at, unitary: null }));
  // What H jumps by at the time of a pulse comes before it, as it does at the start.
  const stops = [...plain, ...pulses].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
  return piecesBetween(stops, times, order, start, (t, at) => t < at);
}

function backward(
  pulses: readonly Stop[],
  breaks: readonly number[],
  times: readonly number[],
  places: number[],
  start: number,
): Way {
  if (places.length === 0) return [];
  const order = places.sort((i, j) => times[j] - times[i]);
  const end = times[order[order.length - 1]];
  const plain = breaks.filter((at) => at < start).map((at): Stop => ({ at, unitary: null }));
  // Of several at the same time the last one is undone first.
  const undone = [...pulses]
    .reverse()
    .map(({ at, unitary }) => ({ at, unitary: unitary === null ? null : adjoint(unitary) }));
  const stops = [...undone, ...plain].filter(({ at }) => at > end).sort((a, b) => b.at - a.at);
  return piecesBetween(stops, times, order, start, (t, at) => t >= at);
}

/** From stop to stop, and on to the last of the times in their order; `reached`: whether the way to a stop comes by a time. */
function piecesBetween(
  stops: readonly Stop[],
  times: readonly number[],
  order: readonly number[],
  start: number,
  reached: (t: number, at: number) => boolean,
): Way {
  const pieces: Piece[] = [];
  let from = start;
  let next = 0;
  for (const { at, unitary } of stops) {
    const first = next;
    while (reached(times[order[next]], at)) next++;
    pieces.push(piece(from, at, times, order.slice(first, next), unitary));
    from = at;
  }
  pieces.push(piece(from, times[order[order.length - 1]], times, order.slice(next), null));
  return pieces;
}

function piece(
  from: number,
  to: number,
  times: readonly number[],
  places: readonly number[],
  unitary: Matrix | null,
): Piece {
  return { from, to, times: places.map((i) => times[i]), places, unitary };
}
