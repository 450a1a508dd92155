/** Correlation functions of the fluctuation operators for any size M, and their Gaussian limit: (10)-(14). */

import type { Complex, Matrix } from "../algebra/matrix.ts";
import { adjoint, multiply, zeros } from "../algebra/matrix.ts";
import { fractions, siteNumbers } from "../model/siteNumbers.ts";
import type { Coupling, Model, Reservoir, Size } from "../model/types.ts";
import { type Eigenbasis, eigenbasis, inEigenbasis } from "../reservoir/eigenbasis.ts";
import type { Word } from "./word.ts";

/** Longest word: the sums run over 3^n pairs of subsets of its letters. */
export const longestWord = 14;

/**
 * C_M for a word of centred operators in the state ρ^{⊗M}, exactly, for every M: M^{−n/2} Σ over set partitions of M
 * (M−1) … (M−|π|+1) Π_blocks tr(ρ Π v(t)). For M = ∞ this is Wick's theorem (12) with the two-point functions (14).
 * Sites of
 * different reservoirs are independent and their operators commute, so that C_M is then the product over reservoirs of
 * (M_r/M)^{n_r/2} C_{M_r} for the n_r letters of each. Couplings are counted through all reservoirs. Source: physics
 * section 6. Throws RangeError if M is not a positive integer or ∞, the word is too long, or a
 * coupling does not exist.
 */
export function correlation(model: Model, word: Word, size: Size): Complex {
  return correlations(model, word, [size])[0];
}

/** The same for many sizes at the price of one. */
export function correlations(model: Model, word: Word, sizes: readonly Size[]): Complex[] {
  for (const size of sizes) {
    if (size !== Number.POSITIVE_INFINITY && !(Number.isInteger(size) && size >= 1)) {
      throw new RangeError(`a size must be a positive integer or Infinity, but is ${size}.`);
    }
  }
  const n = word.length;
  if (n > longestWord) {
    throw new RangeError(`a word may have ${longestWord} letters, but this one has ${n}: shorten it.`);
  }
  const lettersOf = byReservoir(model, word);
  const sums = lettersOf.map((letters, r) => ({
    ...sumsOverPartitions(momentsOfSubsets(model.reservoirs[r], letters), letters.length),
    letters: letters.length,
  }));
  return sizes.map((size) => {
    const numbers = siteNumbers(model.reservoirs, size);
    const parts = fractions(model.reservoirs, size);
    let product = { re: 1, im: 0 };
    for (const [r, { re, im, letters }] of sums.entries()) {
      if (letters === 0) continue;
      const own = numbers[r] === 0 ? { re: 0, im: 0 } : ofReservoir({ re, im }, letters, numbers[r]);
      const weight = parts[r] ** (letters / 2);
      product = {
        re: weight * (product.re * own.re - product.im * own.im),
        im: weight * (product.re * own.im + product.im * own.re),
      };
    }
    return product;
  });
}

function ofReservoir(sums: ComplexList, n: number, size: Size): Complex {
  let re = 0;
  let im = 0;
  for (let blocks = 0; blocks <= n / 2; blocks++) {
    // M^{−n/2} M (M−1) … (M−b+1), by factors near 1 and a power that is at most 1: nothing overflows at M = 10^23.
    let weight = blocks === n / 2 ? 1 : size ** (blocks - n / 2);
    for (let j = 1; j < blocks; j++) weight *= 1 - j / size;
    re += weight * sums.re[blocks];
    im += weight * sums.im[blocks];
  }
  return { re, im };
}

/** A letter with the coupling that it stands for. */
interface OwnLetter {
  readonly given: Coupling;
  readonly dagger: boolean;
  readonly time: number;
}

/** The letters of each reservoir, in the order of the word. */
function byReservoir(model: Model, word: Word): OwnLetter[][] {
  const letters = model.reservoirs.map((): OwnLetter[] => []);
  const all = model.reservoirs.flatMap(({ couplings }, r) => couplings.map((given) => ({ given, r })));
  for (const { coupling, dagger, time } of word) {
    const found = all[coupling - 1];
    if (found === undefined) {
      throw new RangeError(`there is no coupling ${coupling}: they are numbered from 1 to ${all.length}.`);
    }
    letters[found.r].push({ given: found.given, dagger, time });
  }
  return letters;
}

interface ComplexList {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** tr(ρ Π_{i ∈ B, in order} v(t_i)) for every set B of letters, as bits: bit i is the letter i. */
function momentsOfSubsets(reservoir: Reservoir, word: readonly OwnLetter[]): ComplexList {
  const basis = eigenbasis(reservoir.site);
  const letters = word.map(({ given, dagger, time }) => {
    const site = inEigenbasis(given.site, basis);
    return atTime(dagger ? adjoint(site) : site, basis, time);
  });
  const moments = { re: new Float64Array(2 ** word.length), im: new Float64Array(2 ** word.length) };
  const extend = (product: Matrix | undefined, from: number, set: number) => {
    for (let i = from; i < word.length; i++) {
      const longer = product === undefined ? letters[i] : multiply(product, letters[i]);
      const subset = set | (1 << i);
      const d = longer.rows;
      // A block of one letter vanishes, because v is centred; its rounding error must not meet a power of M.
      if (product !== undefined) {
        for (let k = 0; k < d; k++) {
          moments.re[subset] += basis.populations[k] * longer.re[k * d + k];
          moments.im[subset] += basis.populations[k] * longer.im[k * d + k];
        }
      }
      extend(longer, i + 1, subset);
    }
  };
  extend(undefined, 0, 0);
  return moments;
}

/** e^{iht} v e^{−iht} in the eigenbasis of h. */
export function atTime(site: Matrix, basis: Eigenbasis, time: number): Matrix {
  const d = site.rows;
  const turned = zeros(d);
  for (let k = 0; k < d; k++) {
    for (let l = 0; l < d; l++) {
      const at = k * d + l;
      const angle = (basis.energies[k] - basis.energies[l]) * time;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      turned.re[at] = site.re[at] * cos - site.im[at] * sin;
      turned.im[at] = site.re[at] * sin + site.im[at] * cos;
    }
  }
  return turned;
}

/** Σ over the partitions of all n letters into b blocks of the product of the blocks' moments, for b = 0 … n/2. */
function sumsOverPartitions(moments: ComplexList, n: number): ComplexList {
  const width = Math.floor(n / 2) + 1;
  const re = new Float64Array(width << n);
  const im = new Float64Array(width << n);
  re[0] = 1;
  for (let set = 1; set < 1 << n; set++) {
    // The block that holds the lowest letter of the set: any subset of the others, with it.
    const lowest = set & -set;
    const others = set ^ lowest;
    for (let subset = others; ; subset = (subset - 1) & others) {
      const mr = moments.re[subset | lowest];
      const mi = moments.im[subset | lowest];
      if (mr !== 0 || mi !== 0) {
        const rest = (others ^ subset) * width;
        const to = set * width;
        for (let b = 1; b < width; b++) {
          re[to + b] += mr * re[rest + b - 1] - mi * im[rest + b - 1];
          im[to + b] += mr * im[rest + b - 1] + mi * re[rest + b - 1];
        }
      }
      if (subset === 0) break;
    }
  }
  const all = ((1 << n) - 1) * width;
  return { re: re.subarray(all, all + width), im: im.subarray(all, all + width) };
}
