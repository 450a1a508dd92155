/** The chain form of F: sites in a row, S at the first of them only (physics section 3). */

import { eigh } from "../algebra/hermitian.ts";
import { addTo, type Complex, type Matrix, norm, zeros } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import { minimalForm } from "./minimal.ts";
import type { BosonMode } from "./modes.ts";

/** Bosons b_a in their vacuum with Σ_ab h_ab b_a† b_b + Σ_a (L_a b_a† + L_a† b_a), a over the first block only in the latter. */
export interface Chain {
  /** h, K × K Hermitian and block-tridiagonal: energies of the sites on the diagonal, hoppings beside it. */
  readonly hamiltonian: Matrix;
  /** L_a, N × N, one for each site of the first block. */
  readonly couplings: readonly Matrix[];
  /** How many sites each block has; never more than the one before. Σ is K. */
  readonly blocks: readonly number[];
}

export interface ChainForm {
  readonly chain: Chain;
  /** Hermitian A_r, as in the minimal form: what stands still is no oscillator. */
  readonly field: readonly Matrix[];
}

/** Directions shorter than this, relative to what they came from, are rounding errors: the chain ends there. */
const shortest = 3e-14;

/** The whole chain: as many sites as the minimal form has modes, or fewer where not all can be reached. */
export function chainForm(model: Model): ChainForm {
  const { modes, field } = minimalForm(model);
  return { chain: chainOf(modes), field };
}

/**
 * Block Lanczos with diag(ω), from the vectors that each entry of the couplings forms over the modes: b_j† = Σ_m U_mj a_m†,
 * h = U† diag(ω) U, L_j = Σ_m conj(U_mj) L_m. Every vector is orthogonalised twice against all before it, so h is good to
 * rounding; what is left of a block after that sets the size of the next one.
 */
export function chainOf(modes: readonly BosonMode[]): Chain {
  const n = modes.length;
  if (n === 0) return { hamiltonian: zeros(0), couplings: [], blocks: [] };
  const entries = modes[0].coupling.re.length;
  const seeds = Array.from({ length: entries }, (_, e) => ({
    re: Float64Array.from(modes, ({ coupling }) => coupling.re[e]),
    im: Float64Array.from(modes, ({ coupling }) => coupling.im[e]),
  }));
  const width = Math.max(...modes.map(({ frequency }) => Math.abs(frequency)));
  const sites: Vector[] = [];
  const blocks: number[] = [];
  let candidates = seeds;
  let scale = Math.max(...seeds.map(length));
  for (;;) {
    const block = independent(candidates, sites, shortest * scale);
    if (block.length === 0) break;
    sites.push(...block);
    blocks.push(block.length);
    candidates = block.map((site) => ({
      re: site.re.map((x, m) => modes[m].frequency * x),
      im: site.im.map((x, m) => modes[m].frequency * x),
    }));
    scale = width;
  }
  return {
    hamiltonian: projectedFrequencies(modes, sites, blocks),
    couplings: sites.slice(0, blocks[0] ?? 0).map((site) => projectedCoupling(modes, site)),
    blocks,
  };
}

/** The first blocks of a chain, cut off from the rest. */
export function firstBlocks(chain: Chain, count: number): Chain {
  const blocks = chain.blocks.slice(0, count);
  const kept = blocks.reduce((sum, size) => sum + size, 0);
  const hamiltonian = zeros(kept);
  for (let a = 0; a < kept; a++) {
    for (let b = 0; b < kept; b++) {
      hamiltonian.re[a * kept + b] = chain.hamiltonian.re[a * chain.hamiltonian.rows + b];
      hamiltonian.im[a * kept + b] = chain.hamiltonian.im[a * chain.hamiltonian.rows + b];
    }
  }
  return { hamiltonian, couplings: chain.couplings, blocks };
}

/** The normal modes of a chain: a list (ω, L) with the same correlation functions, one mode for each site. */
export function normalModes(chain: Chain): BosonMode[] {
  const { values, vectors } = eigh(chain.hamiltonian);
  const n = values.length;
  return Array.from(values, (frequency, j) => {
    const coupling = zeros(chain.couplings[0].rows);
    chain.couplings.forEach((one, a) => {
      addTo(coupling, one, { re: vectors.re[a * n + j], im: -vectors.im[a * n + j] });
    });
    return { frequency, coupling };
  });
}

interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * An orthonormal basis of what the candidates add to the known vectors, the longest remainder first. Candidates that share
 * no mode with a vector stay as they are, so that conserved charges survive.
 */
function independent(candidates: readonly Vector[], known: readonly Vector[], negligible: number): Vector[] {
  let left = candidates.map((candidate) => remainder(candidate, known));
  const found: Vector[] = [];
  for (;;) {
    left = left.filter((vector) => length(vector) > negligible);
    if (left.length === 0) return found;
    let best = 0;
    for (let i = 1; i < left.length; i++) if (length(left[i]) > length(left[best]) * (1 + 1e-9)) best = i;
    const [vector] = left.splice(best, 1);
    const size = length(vector);
    const unit = { re: vector.re.map((x) => x / size), im: vector.im.map((x) => x / size) };
    const clean = remainder(unit, [...known, ...found]);
    const again = length(clean);
    found.push({ re: clean.re.map((x) => x / again), im: clean.im.map((x) => x / again) });
    left = left.map((other) => remainder(other, found.slice(-1)));
  }
}

/** What is left of a vector beside orthonormal ones; done twice, for orthogonality. */
function remainder(vector: Vector, known: readonly Vector[]): Vector {
  const re = vector.re.slice();
  const im = vector.im.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (const unit of known) {
      const c = overlap(unit, { re, im });
      if (c.re === 0 && c.im === 0) continue;
      for (let m = 0; m < re.length; m++) {
        re[m] -= c.re * unit.re[m] - c.im * unit.im[m];
        im[m] -= c.re * unit.im[m] + c.im * unit.re[m];
      }
    }
  }
  return { re, im };
}

function overlap(x: Vector, y: Vector): Complex {
  let re = 0;
  let im = 0;
  for (let m = 0; m < x.re.length; m++) {
    re += x.re[m] * y.re[m] + x.im[m] * y.im[m];
    im += x.re[m] * y.im[m] - x.im[m] * y.re[m];
  }
  return { re, im };
}

function length(x: Vector): number {
  return Math.sqrt(overlap(x, x).re);
}

/** U† diag(ω) U, exactly Hermitian, with exact zeros beyond neighbouring blocks. */
function projectedFrequencies(
  modes: readonly BosonMode[],
  sites: readonly Vector[],
  blocks: readonly number[],
): Matrix {
  const count = sites.length;
  const h = zeros(count);
  const blockOf = blocks.flatMap((size, block) => new Array<number>(size).fill(block));
  const largest = Math.max(...modes.map(({ frequency }) => Math.abs(frequency)));
  sites.forEach((site, b) => {
    const image = {
      re: site.re.map((x, m) => modes[m].frequency * x),
      im: site.im.map((x, m) => modes[m].frequency * x),
    };
    for (let a = 0; a <= b; a++) {
      if (blockOf[b] - blockOf[a] > 1) continue;
      const c = overlap(sites[a], image);
      // Rounding errors would connect what a conserved charge keeps apart.
      const re = a === b || Math.hypot(c.re, c.im) > 1e-15 * largest ? c.re : 0;
      const im = a === b || Math.hypot(c.re, c.im) <= 1e-15 * largest ? 0 : c.im;
      h.re[a * count + b] = re;
      h.re[b * count + a] = re;
      h.im[a * count + b] = im;
      h.im[b * count + a] = a === b ? 0 : -im;
    }
  });
  return h;
}

function projectedCoupling(modes: readonly BosonMode[], site: Vector): Matrix {
  const coupling = zeros(modes[0].coupling.rows);
  modes.forEach((mode, m) => {
    addTo(coupling, mode.coupling, { re: site.re[m], im: -site.im[m] });
  });
  const negligible = 1e-15 * norm(coupling);
  for (let e = 0; e < coupling.re.length; e++) {
    if (Math.abs(coupling.re[e]) <= negligible) coupling.re[e] = 0;
    if (Math.abs(coupling.im[e]) <= negligible) coupling.im[e] = 0;
  }
  return coupling;
}
