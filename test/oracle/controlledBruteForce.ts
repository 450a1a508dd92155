/**
 * ρ_S(t) under pulses, drives and decay on the full tensor product: the joint density matrix, dense, by an extrapolated
 * midpoint rule from break to break.
 */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, adjoint, hermitianPart, identity, kron, multiply, scale, zeros } from "../../src/algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../../src/algebra/series.ts";
import type { Model } from "../../src/model/types.ts";
import { slowModes } from "./bosonicBruteForce.ts";
import { totalHamiltonian } from "./bruteForce.ts";
import { extrapolate } from "./extrapolation.ts";

export interface PlainProtocol {
  readonly pulses?: readonly { readonly at: number; readonly unitary: Matrix }[];
  /** f is smooth between the breaks. `inside` lies between the same breaks as t. */
  readonly drives?: readonly { readonly operator: Matrix; readonly f: (t: number, inside: number) => number }[];
  readonly breaks?: readonly number[];
  readonly decays?: readonly { readonly operator: Matrix; readonly rate: number }[];
}

export interface Joint {
  /** On S and the rest, S being the slow index. */
  readonly hamiltonian: Matrix;
  readonly rest: Matrix;
}

/** All M sites of one kind: dimension N d^M, at most about 30. */
export function sitesOf(model: Model, size: number): Joint {
  const [{ site }] = model.reservoirs;
  const dimension = model.system.dimension * site.dimension ** size;
  const { apply } = totalHamiltonian(model, size);
  const hamiltonian = zeros(dimension);
  for (let j = 0; j < dimension; j++) {
    const unit = { re: new Float64Array(dimension), im: new Float64Array(dimension) };
    const out = { re: new Float64Array(dimension), im: new Float64Array(dimension) };
    unit.re[j] = 1;
    apply(unit, out);
    for (let i = 0; i < dimension; i++) {
      hamiltonian.re[i * dimension + j] = out.re[i];
      hamiltonian.im[i * dimension + j] = out.im[i];
    }
  }
  let rest = identity(1);
  for (let m = 0; m < size; m++) rest = kron(rest, site.state);
  return { hamiltonian, rest };
}

/** The modes (16)-(18) in boxes of so many Fock states each. */
export function oscillatorsOf(model: Model, box: number): Joint {
  const modes = slowModes(model);
  const size = box ** modes.length;
  let hamiltonian = kron(model.system.hamiltonian, identity(size));
  const lower = zeros(box);
  for (let n = 1; n < box; n++) lower.re[(n - 1) * box + n] = Math.sqrt(n);
  modes.forEach(({ frequency, coupling }, k) => {
    const place = (a: Matrix) => kron(kron(identity(box ** k), a), identity(box ** (modes.length - 1 - k)));
    const raise = place(adjoint(lower));
    const number = multiply(raise, adjoint(raise));
    const term = kron(coupling, raise);
    hamiltonian = add(hamiltonian, kron(identity(model.system.dimension), scale(number, frequency)));
    hamiltonian = add(hamiltonian, add(term, adjoint(term)));
  });
  const rest = zeros(size);
  rest.re[0] = 1;
  return { hamiltonian, rest };
}

/** At times of one sign or both; a pulse's own time is after it. `fineness`: steps for each unit of time. */
export function controlledBruteForce(
  model: Model,
  { hamiltonian, rest }: Joint,
  { pulses = [], drives = [], breaks = [], decays = [] }: PlainProtocol,
  times: readonly number[],
  fineness = 12,
): MatrixSeries {
  const n = model.system.dimension;
  const d = hamiltonian.rows;
  const onJoint = (a: Matrix) => kron(a, identity(rest.rows));
  const moving = drives.map(({ operator, f }) => ({ a: onJoint(operator), f }));
  const jumps = decays.map(({ operator, rate }) => ({ l: scale(onJoint(operator), Math.sqrt(rate)) }));
  const lost = jumps.reduce((sum, { l }) => add(sum, scale(multiply(adjoint(l), l), 0.5)), zeros(d));
  const series = zeroSeries(times, n);
  const start = kron(model.system.state, rest);
  const walk = (order: number[], stops: { at: number; unitary: Matrix | null }[]) => {
    let rho = start;
    let now = 0;
    const goTo = (t: number) => {
      if (t === now) return;
      const inside = 0.5 * (t + now);
      const y = extrapolate(
        (moment, packed) => {
          const x = unpacked(packed, d);
          let h = hamiltonian;
          for (const { a, f } of moving) h = add(h, a, f(moment, inside));
          const left = multiply(add(scale(h, { re: 0, im: -1 }), lost, -1), x);
          let slope = add(left, adjoint(left));
          // Rounding that is not Hermitian would be fed by the jumps, and no loss would take from it.
          for (const { l } of jumps) slope = add(slope, hermitianPart(multiply(multiply(l, x), adjoint(l))));
          return packedOf(slope);
        },
        packedOf(rho),
        now,
        t,
        Math.ceil(Math.abs(t - now) * fineness),
      );
      rho = unpacked(y, d);
      now = t;
    };
    let next = 0;
    const backwards = times[order[0]] < 0;
    for (const place of order) {
      const passed = (at: number) => (backwards ? at > times[place] : at <= times[place]);
      while (next < stops.length && passed(stops[next].at)) {
        const { at, unitary } = stops[next++];
        goTo(at);
        if (unitary === null) continue;
        const u = onJoint(backwards ? adjoint(unitary) : unitary);
        rho = multiply(multiply(u, rho), adjoint(u));
      }
      goTo(times[place]);
      reduce(rho, series, place);
    }
  };
  const all = [...pulses, ...breaks.map((at) => ({ at, unitary: null }))];
  const places = times.map((_, i) => i);
  const later = places.filter((i) => times[i] >= 0).sort((i, j) => times[i] - times[j]);
  const earlier = places.filter((i) => times[i] < 0).sort((i, j) => times[j] - times[i]);
  const after = all.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
  // Of several at the same time the last one is undone first.
  const before = [...all].reverse().filter(({ at }) => at < 0);
  before.sort((a, b) => b.at - a.at);
  if (later.length > 0) walk(later, after);
  if (earlier.length > 0) walk(earlier, before);
  return series;
}

function packedOf({ re, im }: Matrix): Float64Array {
  const y = new Float64Array(2 * re.length);
  y.set(re);
  y.set(im, re.length);
  return y;
}

function unpacked(y: Float64Array, d: number): Matrix {
  return { rows: d, cols: d, re: y.slice(0, d * d), im: y.slice(d * d) };
}

function reduce(rho: Matrix, series: MatrixSeries, place: number): void {
  const n = series.dimension;
  const rest = rho.rows / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let r = 0; r < rest; r++) {
        const from = (i * rest + r) * rho.cols + j * rest + r;
        series.re[(place * n + i) * n + j] += rho.re[from];
        series.im[(place * n + i) * n + j] += rho.im[from];
      }
    }
  }
}
