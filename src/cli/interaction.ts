/** The interaction V as it is really used, in words: what "+ H.c." and the mean field make of the user's couplings. */

import { adjoint, kron, maxAbs, scale, subtract } from "../algebra/matrix.ts";
import type { ModelSpec } from "../model/spec.ts";
import type { Coupling, Model } from "../model/types.ts";
import { operatorText } from "./operatorText.ts";
import { complexQuantity } from "./quantities.ts";

/** Lines that say what V is, term by term, and what became of tr(ρ v_q) ≠ 0. Source: physics section 1. */
export function interaction(model: Model, spec: ModelSpec): string[] {
  const terms = model.couplings.map((_, q) => `K_${q + 1}`).join(" + ");
  const sum = model.couplings.length === 1 ? terms : `(${terms})`;
  const lines = [`V = 1/√M Σ_m ${sum}, summed over the M sites, with`];
  model.couplings.forEach((coupling, q) => {
    const included = spec.couplings[q]?.hc === "included";
    lines.push(`  K_${q + 1} = ${termText(coupling, q + 1, model.system.dims)}${factorRemark(coupling, included)}`);
  });
  return [...lines, ...meanFieldLines(model)];
}

function termText(coupling: Coupling, q: number, dims: readonly number[]): string {
  const site = centred(operatorText(coupling.site), coupling, q);
  if (isHermitian(coupling)) return `[${operatorText(scale(coupling.system, 2), dims)}] ⊗ [${site}]`;
  return `[${operatorText(coupling.system, dims)}] ⊗ [${site}] + H.c.`;
}

function centred(text: string, coupling: Coupling, q: number): string {
  return coupling.offset.re === 0 && coupling.offset.im === 0 ? text : `v_${q} - c_${q} = ${text}`;
}

function factorRemark(coupling: Coupling, included: boolean): string {
  if (included) return "      (hc: included, so taken once)";
  if (isHermitian(coupling)) return "      (G and v are Hermitian, so + H.c. doubles it; hc: included would not)";
  return "";
}

/** G ⊗ v equals its own conjugate, so that "+ H.c." doubles it. */
function isHermitian({ system, site }: Coupling): boolean {
  const product = kron(system, site);
  return maxAbs(subtract(product, adjoint(product))) <= 1e-12 * maxAbs(product);
}

function meanFieldLines(model: Model): string[] {
  const shifted = model.couplings.some(({ offset }) => offset.re !== 0 || offset.im !== 0);
  if (!shifted) return ["tr(ρ v) = 0 for every coupling: no mean field."];
  const offsets = model.couplings.map(({ offset }, q) => `c_${q + 1} = tr(ρ v_${q + 1}) = ${complexQuantity(offset)}`);
  const operator = operatorText(model.meanField.operator, model.system.dims);
  const fate = model.meanField.kept
    ? "It stays in H_S (center: keep), for finite sizes only, and grows with M."
    : model.meanField.matters
      ? "It is removed (center: subtract): H_S is meant to contain it already."
      : "It is a multiple of 1, so that removing it changes nothing.";
  return [`Mean field √M · [${operator}] on S, from ${offsets.join(", ")}.`, `  ${fate}`];
}
