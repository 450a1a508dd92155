/** The couplings as the user wrote them, and the mean field tr(ρ v) ≠ 0 makes of them: physics section 1. */

import type { Complex, Matrix } from "../algebra/matrix.ts";
import {
  add,
  addTo,
  adjoint,
  identity,
  maxAbs,
  scale,
  subtract,
  traceless,
  traceOfProduct,
  zeros,
} from "../algebra/matrix.ts";
import type { Path, Report } from "./issue.ts";
import { complexText, matrixText, mustBut, writtenText } from "./issue.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { foundText, hermitianBreach, operatorOn, rounding } from "./operatorOf.ts";
import { couplingKeys, hcChoices } from "./spec.ts";
import { closestWord } from "./spelling.ts";
import type { Coupling, MeanField } from "./types.ts";

/** A coupling before centring: G (halved for `hc: included`) and v. */
export interface Uncentred {
  readonly system: Matrix;
  readonly site: Matrix;
}

/** Reads `couplings`; undefined if any of them is wrong. */
export function readCouplings(
  written: unknown,
  path: Path,
  system: Space | undefined,
  site: Space | undefined,
  report: Report,
): Uncentred[] | undefined {
  const example = "a list such as [{ system: sigmam, site: sigmap }]";
  if (!Array.isArray(written) || written.length === 0) {
    report(mustBut(path, `be ${example}`, `is ${writtenText(written)}`, { found: writtenText(written) }));
    return undefined;
  }
  const couplings = written.map((one, q) => readCoupling(one, [...path, q], system, site, report));
  return couplings.every((one) => one !== undefined) ? couplings : undefined;
}

function readCoupling(
  written: unknown,
  path: Path,
  systemSpace: Space | undefined,
  siteSpace: Space | undefined,
  report: Report,
): Uncentred | undefined {
  const mapping = asMapping(written, path, "a mapping with `system` and `site`", report);
  if (!mapping) return undefined;
  checkKeys(mapping, couplingKeys, path, report);
  const { hc } = mapping;
  if (hc !== undefined && hc !== "added" && hc !== "included") {
    const closest = typeof hc === "string" ? closestWord(hc, hcChoices) : undefined;
    report(
      mustBut([...path, "hc"], "be `added` or `included`", `is ${writtenText(hc)}`, {
        found: writtenText(hc),
        suggestion: closest
          ? `Did you mean \`${closest}\`?`
          : "`added` (the default) adds H.c. to G ⊗ v; `included` takes a Hermitian G ⊗ v once.",
      }),
    );
  }
  const read = (key: "system" | "site", space: Space | undefined, example: string): Matrix | undefined =>
    checkPresent(mapping, key, example, path, report)
      ? operatorOn(space, mapping[key], [...path, key], report)
      : undefined;
  const system = read("system", systemSpace, "system: 0.1 * sigmax");
  const site = read("site", siteSpace, "site: sigmax");
  if (!system || !site) return undefined;

  const breach = productBreach(system, site);
  if (hc === "included") {
    if (breach !== undefined) {
      report(
        mustBut([...path, "hc"], "be `included` for a Hermitian G ⊗ v only", `${breach}`, {
          found: "included",
          suggestion: "Leave `hc` away: H.c. is added then, as in (5).",
        }),
      );
      return undefined;
    }
    return { system: scale(system, 0.5), site };
  }
  if (hc === undefined && breach === undefined && maxAbs(system) > 0 && maxAbs(site) > 0) {
    report({
      path,
      severity: "warning",
      message: "G ⊗ v is Hermitian here, and H.c. is added to it, (5): the physical coupling is 2 G ⊗ v.",
      found: `${foundText(mapping.system)} ⊗ ${foundText(mapping.site)}`,
      suggestion: "`hc: included` takes it once; `hc: added` says that twice is meant.",
    });
  }
  return { system, site };
}

/**
 * What keeps G ⊗ v from being Hermitian, in words; undefined if it is. For G, v ≠ 0 it is Hermitian iff G† = λG and
 * v† = v/λ for one phase λ, so the large product need not be formed.
 */
function productBreach(g: Matrix, v: Matrix): string | undefined {
  const size = traceOfProduct(adjoint(g), g).re;
  if (size === 0 || maxAbs(v) === 0) return undefined;
  // ⟨G, G†⟩ = λ‖G‖²; λ^{1/2} G and λ^{-1/2} v are Hermitian then.
  const overlap = traceOfProduct(adjoint(g), adjoint(g));
  const half = Math.atan2(overlap.im, overlap.re) / 2;
  const turn = (a: Matrix, angle: number): Matrix => scale(a, { re: Math.cos(angle), im: Math.sin(angle) });
  const least = rounding;
  // The phase of a vanishing overlap is arbitrary; then G is far from any multiple of its adjoint, and is shown as it
  // is.
  const known = Math.hypot(overlap.re, overlap.im) > 0.5 * size;
  const inG = hermitianBreach(known ? turn(g, half) : g, least * maxAbs(g));
  const inV = hermitianBreach(known ? turn(v, -half) : v, least * maxAbs(v));
  // Half a turn is a sign, which both factors share: λ^{1/2} = ±… makes no difference.
  if (inG === undefined && inV === undefined) return undefined;
  const plainG = hermitianBreach(g, least * maxAbs(g));
  if (plainG !== undefined) return `G ${plainG.but}`;
  const plainV = hermitianBreach(v, least * maxAbs(v));
  return `v ${(plainV ?? inV ?? { but: "does not fit G" }).but}`;
}

/** The couplings of one reservoir, before centring. */
export interface Coupled {
  readonly couplings: readonly Uncentred[];
  /** ρ of its sites, and their share of all sites. */
  readonly state: Matrix;
  readonly share: number;
  /** Where its couplings are written. */
  readonly path: Path;
}

export interface Centred {
  /** Of each reservoir. */
  readonly couplings: readonly (readonly Coupling[])[];
  readonly meanField: MeanField;
}

/**
 * v_q − c_q and the mean field Σ share c_q G_q + h.c. A mean field that is not ∝ 1 is reported if `center` is "error", and
 * if it is "keep" while `sizes` has the limit, where √M times it has no meaning.
 */
export function centred(
  reservoirs: readonly Coupled[],
  center: "error" | "subtract" | "keep",
  sizes: { readonly values: readonly number[]; readonly given: boolean } | undefined,
  report: Report,
): Centred {
  const n = reservoirs[0].couplings[0].system.rows;
  const operator = zeros(n);
  let scaleOfAll = 0;
  const made = reservoirs.map(({ couplings, state, share }) =>
    couplings.map(({ system, site }): Coupling => {
      const offset: Complex = traceOfProduct(state, site);
      const part = scale(system, offset);
      addTo(operator, add(part, adjoint(part)), share);
      scaleOfAll += share * maxAbs(system) * maxAbs(site);
      return { system, site: subtract(site, scale(identity(site.rows), offset)), offset };
    }),
  );
  const seen = maxAbs(traceless(operator));
  const matters = seen > rounding * scaleOfAll;
  // √M makes much of little: what is to stay is left away only where double precision knows no better.
  const kept = center === "keep" && seen > 1e-14 * scaleOfAll;
  const energyOnly = center === "keep" && !kept && maxAbs(operator) > 1e-14 * scaleOfAll;
  if (matters && center === "error") reportMeanField(made, reservoirs, operator, report);
  if (kept && matters && sizes?.values.includes(Number.POSITIVE_INFINITY)) {
    report(
      mustBut(
        sizes.given ? ["sizes"] : ["center"],
        sizes.given ? "have no inf with `center: keep`" : "not be `keep` without finite `sizes`",
        `the mean field √M·${matrixText(operator)} grows without limit`,
        {
          found: sizes.given ? "inf" : "keep",
          suggestion: "Give finite `sizes` only, or take the mean field away with `center: subtract`.",
        },
      ),
    );
  }
  return { couplings: made, meanField: { operator, kept, matters, ...(energyOnly && { energyOnly }) } };
}

/** Offsets named in a message. */
const mostNamed = 8;

function reportMeanField(
  made: readonly (readonly Coupling[])[],
  reservoirs: readonly Coupled[],
  operator: Matrix,
  report: Report,
): void {
  const couplings = made.flatMap((list, r) =>
    list.map((one, q) => ({ ...one, path: [...reservoirs[r].path, q, "site"] })),
  );
  const sizes = couplings.map(({ system, offset }) => Math.hypot(offset.re, offset.im) * maxAbs(system));
  const largest = sizes.indexOf(Math.max(...sizes));
  const named = couplings.slice(0, mostNamed).map(({ offset }, q) => `c_${q} = ${complexText(offset)}`);
  const offsets = [...named, ...(couplings.length > mostNamed ? ["…"] : [])].join(", ");
  report(
    mustBut(
      couplings[largest].path,
      "have tr(ρ v) = 0 in the state of a site, (8)",
      `${offsets}, so that S feels the mean field √M·${matrixText(operator)}, which diverges with M`,
      {
        found: complexText(couplings[largest].offset),
        suggestion:
          "`center: subtract` takes it away and reports it; `center: keep` leaves it in H_S, for finite sizes only.",
      },
    ),
  );
}
