/** ρ_S(t) for M = ∞ from the paper's own list of modes, (16)-(18), every one of them in a Fock space. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, adjoint, entry, inBasis, maxAbs, norm, scale, zeros } from "../../src/algebra/matrix.ts";
import type { MatrixSeries } from "../../src/algebra/series.ts";
import { zeroSeries } from "../../src/algebra/series.ts";
import type { Model } from "../../src/model/types.ts";
import { addReduced, multiplyAdd, nonzero } from "./bruteForce.ts";
import type { Ket } from "./cholesky.ts";
import { factor } from "./cholesky.ts";
import { commonEigenbasis } from "./jacobi.ts";
import type { Apply } from "./taylor.ts";
import { taylorEvolve } from "./taylor.ts";

/** H_S + ω a†a + L a† + L† a, for one of the modes. */
export interface SlowMode {
  readonly frequency: number;
  readonly coupling: Matrix;
}

/** (16)-(18), the modes (k,k) included, those that decouple left out. */
export function slowModes(model: Model): SlowMode[] {
  const {
    a: energies,
    b: populations,
    vectors,
  } = commonEigenbasis(model.reservoirs[0].site.hamiltonian, model.reservoirs[0].site.state);
  const operators = model.reservoirs[0].couplings.map(({ system, site }) => ({ system, site: inBasis(site, vectors) }));
  const modes: SlowMode[] = [];
  for (let k = 0; k < energies.length; k++) {
    if (populations[k] < 1e-14) continue;
    for (let l = 0; l < energies.length; l++) {
      let coupling = zeros(model.system.dimension);
      for (const { system, site } of operators) {
        const kl = entry(site, k, l);
        coupling = add(coupling, system, entry(site, l, k));
        coupling = add(coupling, adjoint(system), { re: kl.re, im: -kl.im });
      }
      coupling = scale(coupling, Math.sqrt(populations[k]));
      if (maxAbs(coupling) > 1e-14) modes.push({ frequency: energies[l] - energies[k], coupling });
    }
  }
  return modes;
}

export interface BosonicOptions {
  /** Largest occupation of each mode. */
  readonly box: number;
  /** Largest sum of the occupations; default no limit but the box. */
  readonly total?: number;
  /** Default: the model's. */
  readonly times?: readonly number[];
}

/** Exact as the cutoffs grow; that they are large enough is for the caller to check, by raising them. */
export function bosonicBruteForce(model: Model, options: BosonicOptions): MatrixSeries {
  const times = options.times ?? model.times;
  const n = model.system.dimension;
  const modes = slowModes(model);
  const states = occupations(modes.length, options.box, options.total ?? options.box * modes.length);
  const index = new Map(states.map((state, i) => [state.join(), i]));
  const size = states.length;
  const energy = states.map((state) => state.reduce((sum, count, k) => sum + count * modes[k].frequency, 0));
  const systemEntries = nonzero(model.system.hamiltonian);
  const ladders = modes.map(({ coupling }, k) => ({
    raise: nonzero(coupling),
    above: Int32Array.from(states, (state) => index.get(state.map((c, j) => (j === k ? c + 1 : c)).join()) ?? -1),
    root: Float64Array.from(states, (state) => Math.sqrt(state[k] + 1)),
  }));
  const apply: Apply = (psi, out) => {
    for (let i = 0; i < n * size; i++) {
      out.re[i] = energy[i % size] * psi.re[i];
      out.im[i] = energy[i % size] * psi.im[i];
    }
    for (const { row, col, re, im } of systemEntries) multiplyAdd(psi, out, col * size, row * size, size, re, im);
    for (const { raise, above, root } of ladders) {
      for (const { row, col, re, im } of raise) addLadder(psi, out, col * size, row * size, above, root, re, im);
    }
  };
  const most = options.total ?? options.box * modes.length;
  const hops = modes.reduce((sum, { coupling }) => sum + 2 * norm(coupling) * Math.sqrt(options.box + 1), 0);
  const normBound = norm(model.system.hamiltonian) + Math.max(...energy.map(Math.abs), 0) + hops + 1e-3 * most;
  const rho = zeroSeries(times, n);
  for (const ket of factor(model.system.state)) {
    const psi = { re: new Float64Array(n * size), im: new Float64Array(n * size) };
    for (let i = 0; i < n; i++) {
      psi.re[i * size] = ket.re[i];
      psi.im[i * size] = ket.im[i];
    }
    taylorEvolve(apply, normBound, psi, times, (t, now) => addReduced(rho, t, now, size, 1));
  }
  return rho;
}

/** out += entry (row, col) of L times a†, and its adjoint. */
function addLadder(
  psi: Ket,
  out: Ket,
  col: number,
  row: number,
  above: Int32Array,
  root: Float64Array,
  re: number,
  im: number,
): void {
  for (let i = 0; i < above.length; i++) {
    if (above[i] < 0) continue;
    const [x, y] = [col + i, row + above[i]];
    out.re[y] += root[i] * (re * psi.re[x] - im * psi.im[x]);
    out.im[y] += root[i] * (re * psi.im[x] + im * psi.re[x]);
    out.re[x] += root[i] * (re * psi.re[y] + im * psi.im[y]);
    out.im[x] += root[i] * (re * psi.im[y] - im * psi.re[y]);
  }
}

/** All occupations within the cutoffs, the vacuum first. */
function occupations(modes: number, box: number, total: number): number[][] {
  if (modes === 0) return [[]];
  return occupations(modes - 1, box, total).flatMap((head) => {
    const left = Math.min(box, total - head.reduce((sum, count) => sum + count, 0));
    return Array.from({ length: left + 1 }, (_, count) => [...head, count]);
  });
}
