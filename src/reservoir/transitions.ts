/** The model in the site's eigenbasis: which operator acts on S when a site goes from level b to level a. */

import { addTo, adjoint, type Complex, type Matrix, maxAbs, zeros } from "../algebra/matrix.ts";
import { rememberedOf } from "../algebra/remembered.ts";
import { soleReservoir } from "../model/soleReservoir.ts";
import type { Model } from "../model/types.ts";
import { type Eigenbasis, eigenbasis, inEigenbasis } from "./eigenbasis.ts";

export interface Transitions extends Eigenbasis {
  /** d. */
  readonly levels: number;
  /** [v_q]_kl for each coupling, d × d, in the eigenbasis. */
  readonly site: readonly Matrix[];
  /** W_ab, N × N each: operators[a][b] goes with |χ_a⟩⟨χ_b|, and V = M^{-1/2} Σ_m Σ_ab W_ab ⊗ |χ_a⟩⟨χ_b|^[m]. */
  readonly operators: readonly (readonly Matrix[])[];
  /** Entries of v below this modulus are rounding errors. */
  readonly negligible: number;
}

/** W_ab = Σ_q (G_q [v_q]_ab + G_q† conj([v_q]_ba)), for a model of one reservoir. Source: physics section 1. */
export const transitions = rememberedOf((model: Model): Transitions => {
  const reservoir = soleReservoir(model);
  const basis = eigenbasis(reservoir.site);
  const d = reservoir.site.dimension;
  const n = model.system.dimension;
  const site = reservoir.couplings.map((coupling) => inEigenbasis(coupling.site, basis));
  const negligible = 1e-13 * Math.max(...site.map(maxAbs), Number.MIN_VALUE);
  const daggers = reservoir.couplings.map((coupling) => adjoint(coupling.system));
  const operators = Array.from({ length: d }, (_, a) =>
    Array.from({ length: d }, (_, b) => {
      const w = zeros(n);
      site.forEach((v, q) => {
        const ab = significant(v, a, b, negligible);
        const ba = significant(v, b, a, negligible);
        addTo(w, reservoir.couplings[q].system, ab);
        addTo(w, daggers[q], { re: ba.re, im: -ba.im });
      });
      return w;
    }),
  );
  return { ...basis, levels: d, site, operators, negligible };
});

function significant(v: Matrix, a: number, b: number, negligible: number): Complex {
  const at = a * v.cols + b;
  const re = Math.abs(v.re[at]) > negligible ? v.re[at] : 0;
  const im = Math.abs(v.im[at]) > negligible ? v.im[at] : 0;
  return { re, im };
}
