/** The interaction V as it is really used, in words: what "+ H.c." and the mean field make of the user's couplings. */

import { adjoint, kron, maxAbs, scale, subtract } from "../algebra/matrix.ts";
import type { ModelSpec } from "../model/spec.ts";
import type { Coupling, Model } from "../model/types.ts";
import { operatorText } from "./operatorText.ts";
import { complexQuantity, quantity } from "./quantities.ts";

/** Lines that say what V is, term by term, and what became of tr(ρ v_q) ≠ 0. Source: physics section 1. */
export function interaction(model: Model, spec: ModelSpec): string[] {
  const entries = [...new Set(model.reservoirs.map(({ entry }) => entry))];
  const first = entries.map((entry) => model.reservoirs.findIndex((one) => one.entry === entry));
  const several = model.reservoirs.length > 1;
  const heading = several
    ? ["V = 1/√M Σ_r Σ_m K_q, for each kind r of sites summed over its own sites, M counting all:"]
    : [];
  const lines = first.flatMap((r, e) => reservoirLines(model, spec, r, e, several));
  return [...heading, ...lines, ...meanFieldLines(model), ...(model.notes ?? [])];
}

/** What one entry of the model file couples to, shown for the first of the kinds it was divided into. */
function reservoirLines(model: Model, spec: ModelSpec, r: number, e: number, several: boolean): string[] {
  const { couplings, entry, value } = model.reservoirs[r];
  const kinds = model.reservoirs.filter((one) => one.entry === entry);
  const from = 1 + model.reservoirs.slice(0, r).reduce((sum, one) => sum + one.couplings.length, 0);
  const written = spec.reservoirs?.[entry] ?? { ...spec.reservoir, couplings: spec.couplings ?? [] };
  const terms = couplings.map((_, q) => `K_${from + q}`).join(" + ");
  const sum = couplings.length === 1 ? terms : `(${terms})`;
  const share = kinds.reduce((total, one) => total + one.share, 0);
  const spread =
    value === undefined
      ? ""
      : `, here at ${quantity(value)}, the first of ${kinds.length} values of its ${written.spread?.of}`;
  const heading = several
    ? `Reservoir ${e + 1}, a share ${quantity(share)} of the M sites${spread}: Σ_m ${sum} with`
    : `V = 1/√M Σ_m ${sum}, summed over the M sites, with`;
  return [
    heading,
    ...couplings.map((coupling, q) => {
      const included = written.couplings[q]?.hc === "included";
      return `  K_${from + q} = ${termText(coupling, from + q, model.system.dims)}${factorRemark(coupling, included)}`;
    }),
  ];
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

/** Offsets that are listed; a spread has one for each of its values. */
const mostNamed = 8;

function meanFieldLines(model: Model): string[] {
  const couplings = model.reservoirs.flatMap((one) => one.couplings);
  const shifted = couplings.some(({ offset }) => offset.re !== 0 || offset.im !== 0);
  if (!shifted) return ["tr(ρ v) = 0 for every coupling: no mean field."];
  const named = couplings
    .slice(0, mostNamed)
    .map(({ offset }, q) => `c_${q + 1} = tr(ρ v_${q + 1}) = ${complexQuantity(offset)}`);
  const offsets = couplings.length > mostNamed ? [...named, "…"] : named;
  const operator = operatorText(model.meanField.operator, model.system.dims);
  const fate = model.meanField.kept
    ? "It stays in H_S (center: keep), for finite sizes only, and grows with M."
    : model.meanField.energyOnly
      ? "It is a multiple of 1: ρ_S(t) is the same without it, but ⟨V⟩ of finite sizes has it (center: keep)."
      : model.meanField.matters
        ? "It is removed (center: subtract): H_S is meant to contain it already."
        : "It is a multiple of 1, so that removing it changes nothing.";
  return [`Mean field √M · [${operator}] on S, from ${offsets.join(", ")}.`, `  ${fate}`];
}
