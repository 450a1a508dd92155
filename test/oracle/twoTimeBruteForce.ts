/** ⟨A(t + τ) B(t)⟩ of S on the full tensor product of S and its sites. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { multiplyAdd, nonzero, tensor, totalHamiltonian } from "./bruteForce.ts";
import { factor, type Ket } from "./cholesky.ts";
import { taylorEvolve } from "./taylor.ts";

/** At each delay; `numbers`: how many sites each reservoir has. Every product ket of ρ^{⊗M} is propagated to t, B acts on a copy, and both go on. */
export function twoTimeBruteForce(
  model: Model,
  size: number,
  { first, at, then }: { readonly first: Matrix; readonly at: number; readonly then: Matrix },
  delays: readonly number[],
  numbers: readonly number[] = [size],
): { re: Float64Array; im: Float64Array } {
  const { apply, normBound, rest } = totalHamiltonian(model, size, numbers);
  const values = { re: new Float64Array(delays.length), im: new Float64Array(delays.length) };
  let products = factor(model.system.state);
  numbers.forEach((count, r) => {
    const kinds = factor(model.reservoirs[r].site.state);
    for (let m = 0; m < count; m++) products = products.flatMap((ket) => kinds.map((site) => tensor(ket, site)));
  });
  for (const start of products) {
    let psi: Ket = start;
    taylorEvolve(apply, normBound, start, [at], (_, now) => {
      psi = { re: now.re.slice(), im: now.im.slice() };
    });
    const along: Ket[] = [];
    taylorEvolve(apply, normBound, psi, delays, (t, now) => {
      along[t] = { re: now.re.slice(), im: now.im.slice() };
    });
    taylorEvolve(apply, normBound, actOnSystem(first, psi, rest), delays, (t, now) => {
      const acted = actOnSystem(then, now, rest);
      for (let i = 0; i < acted.re.length; i++) {
        values.re[t] += along[t].re[i] * acted.re[i] + along[t].im[i] * acted.im[i];
        values.im[t] += along[t].re[i] * acted.im[i] - along[t].im[i] * acted.re[i];
      }
    });
  }
  return values;
}

function actOnSystem(operator: Matrix, psi: Ket, rest: number): Ket {
  const out = { re: new Float64Array(psi.re.length), im: new Float64Array(psi.re.length) };
  for (const { row, col, re, im } of nonzero(operator)) multiplyAdd(psi, out, col * rest, row * rest, rest, re, im);
  return out;
}
