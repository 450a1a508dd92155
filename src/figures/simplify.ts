/** A path without the points that a straight line passes anyway. */

import type { Curve } from "./decimate.ts";

/** Pixels: a tenth of what can be seen of a line three wide. */
const tolerance = 0.12;

/**
 * The points, in pixels, of which every one left out lies within the tolerance, up or down, of the straight line between
 * its kept neighbours. x must ascend.
 */
export function simplify({ x, y }: Curve): Curve {
  const n = x.length;
  const keptX: number[] = [];
  const keptY: number[] = [];
  let anchor = 0;
  while (anchor < n) {
    keptX.push(x[anchor]);
    keptY.push(y[anchor]);
    anchor = farthest(x, y, anchor);
  }
  return { x: keptX, y: keptY };
}

/** The last point that a line from the anchor may go to, given that all between must lie in the cone it opens. */
function farthest(x: ArrayLike<number>, y: ArrayLike<number>, anchor: number): number {
  let least = Number.NEGATIVE_INFINITY;
  let greatest = Number.POSITIVE_INFINITY;
  let reached = anchor + 1;
  for (let i = anchor + 1; i < x.length; i++) {
    const dx = x[i] - x[anchor];
    if (!(dx > 0)) break;
    const slope = (y[i] - y[anchor]) / dx;
    if (slope >= least && slope <= greatest) reached = i;
    least = Math.max(least, slope - tolerance / dx);
    greatest = Math.min(greatest, slope + tolerance / dx);
    if (least > greatest) break;
  }
  return reached;
}
