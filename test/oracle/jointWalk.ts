/**
 * Any operator on the full tensor product of S and its sites, carried forward as a state is: dense, under pulses, drives
 * and decay, by an extrapolated midpoint rule from break to break.
 */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, adjoint, identity, kron, multiply, scale, zeros } from "../../src/algebra/matrix.ts";
import type { Joint, PlainProtocol } from "./controlledBruteForce.ts";
import { extrapolate } from "./extrapolation.ts";

/** X at ascending times from `from` on, after the pulses at them; pulses at `from` itself come first if `pulsedFirst`. */
export function jointWalk(
  { hamiltonian, rest }: Joint,
  { pulses = [], drives = [], breaks = [], decays = [] }: PlainProtocol,
  start: Matrix,
  from: number,
  times: readonly number[],
  { pulsedFirst = false, fineness = 12 } = {},
): Matrix[] {
  const d = hamiltonian.rows;
  const onJoint = (a: Matrix) => kron(a, identity(rest.rows));
  const moving = drives.map(({ operator, f }) => ({ a: onJoint(operator), f }));
  const jumps = decays.map(({ operator, rate }) => scale(onJoint(operator), Math.sqrt(rate)));
  const lost = jumps.reduce((sum, l) => add(sum, scale(multiply(adjoint(l), l), 0.5)), zeros(d));
  let x = start;
  let now = from;
  const goTo = (t: number) => {
    if (t === now) return;
    const inside = 0.5 * (t + now);
    const slopeAt = (moment: number, y: Float64Array) => {
      const at: Matrix = { rows: d, cols: d, re: y.slice(0, d * d), im: y.slice(d * d) };
      let h = hamiltonian;
      for (const { a, f } of moving) h = add(h, a, f(moment, inside));
      const generator = add(scale(h, { re: 0, im: -1 }), lost, -1);
      let slope = add(multiply(generator, at), multiply(at, adjoint(generator)));
      for (const l of jumps) slope = add(slope, multiply(multiply(l, at), adjoint(l)));
      return packed(slope);
    };
    const y = extrapolate(slopeAt, packed(x), now, t, Math.ceil(Math.abs(t - now) * fineness));
    x = { rows: d, cols: d, re: y.slice(0, d * d), im: y.slice(d * d) };
    now = t;
  };
  const ahead = ({ at }: { at: number }) => at > from || (pulsedFirst && at === from);
  const stops = [...pulses, ...breaks.map((at) => ({ at, unitary: null }))].filter(ahead).sort((a, b) => a.at - b.at);
  let next = 0;
  return times.map((t) => {
    for (; next < stops.length && stops[next].at <= t; next++) {
      const { at, unitary } = stops[next];
      goTo(at);
      if (unitary === null) continue;
      const u = onJoint(unitary);
      x = multiply(multiply(u, x), adjoint(u));
    }
    goTo(t);
    return x;
  });
}

function packed({ re, im }: Matrix): Float64Array {
  const y = new Float64Array(2 * re.length);
  y.set(re);
  y.set(im, re.length);
  return y;
}
