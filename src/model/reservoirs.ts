/** `reservoir` with `couplings`, or `reservoirs`: the kinds of sites, with spreads divided into lists of kinds. */

import type { Matrix } from "../algebra/matrix.ts";
import { scale } from "../algebra/matrix.ts";
import { farthestOf } from "../algebra/timeParts.ts";
import { densityOn } from "./density.ts";
import { divided } from "./division.ts";
import type { Uncentred } from "./interaction.ts";
import { readCouplings } from "./interaction.ts";
import type { Path, Report } from "./issue.ts";
import { mustBut, pathText, writtenText } from "./issue.ts";
import type { Atom } from "./law.ts";
import type { Mapping } from "./mapping.ts";
import { checkPresent } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { checkStationary, readPart } from "./part.ts";
import { readSizes } from "./schedule.ts";
import { normalisedShares } from "./shares.ts";
import { reservoirKeys, siteKeys } from "./spec.ts";
import type { Spread } from "./spread.ts";
import { mostValues, readSpread } from "./spread.ts";
import type { Size } from "./types.ts";
import { writtenNumber } from "./written.ts";

/** Sites of one kind before centring, with what the model takes over as it is. */
export interface Kind {
  readonly share: number;
  readonly counts?: ReadonlyMap<Size, number>;
  readonly site: { readonly dimension: number; readonly hamiltonian: Matrix; readonly state: Matrix };
  readonly couplings: readonly Uncentred[];
  /** Where the couplings are written. */
  readonly path: Path;
  readonly entry: number;
  readonly value?: number;
}

/** What an entry says, before its spread is divided and shares are normalised. */
export interface Entry {
  readonly path: Path;
  readonly space: Space;
  readonly hamiltonian: Matrix;
  readonly state: Matrix;
  readonly writtenState: unknown;
  readonly couplings: readonly Uncentred[];
  readonly couplingsPath: Path;
  readonly share: number | undefined;
  readonly sizes: readonly Size[] | undefined;
  readonly spread: Spread | undefined;
}

export interface KindsOfSites {
  readonly kinds: readonly Kind[];
  /** M for each run, where the reservoirs have their own numbers of sites. */
  readonly sizes?: readonly Size[];
  readonly notes: readonly string[];
}

/** What the division of a spread depends on; undefined where that is wrong itself. */
export interface Wanted {
  readonly times: readonly number[] | undefined;
  readonly sizes: readonly Size[] | undefined;
  readonly tolerance: number | undefined;
}

/** Reads the entries from the mapping of the model; undefined if anything is wrong. */
export function readReservoirs(model: Mapping, system: Space | undefined, report: Report): Entry[] | undefined {
  const entries = model.reservoirs === undefined ? [readOnly(model, system, report)] : readList(model, system, report);
  return entries?.every((one) => one !== undefined) ? entries : undefined;
}

/** Shares and numbers of sites of the entries, and their spreads divided; undefined if anything is wrong. */
export function kindsOfSites(
  entries: readonly Entry[],
  model: Mapping,
  wanted: Wanted,
  report: Report,
): KindsOfSites | undefined {
  const shares = sharesOf(entries, report);
  const own = ownSizes(entries, model.sizes !== undefined, report);
  if (!shares || !own) return undefined;
  const { times, tolerance } = wanted;
  const sizes = own.sizes ?? wanted.sizes;
  if (!times || !sizes || tolerance === undefined) return undefined;
  const notes: string[] = [];
  const farthest = farthestOf(times);
  const finite = sizes.some((size) => size !== Number.POSITIVE_INFINITY);
  const kinds = entries.map((one, e) => {
    const counts = own.sizes && new Map(own.sizes.map((size, i) => [size, (one.sizes as readonly Size[])[i]]));
    const only = { share: shares[e], ...(counts && { counts }), entry: e, path: one.couplingsPath };
    if (one.spread === undefined)
      return [{ ...only, site: siteOf(one, one.hamiltonian, one.state), couplings: one.couplings }];
    const stateAt = (x: number) => stateOf(one, x, report);
    const { hamiltonian, couplings } = one;
    const circumstances = { hamiltonian, stateAt, couplings, share: shares[e], farthest, tolerance, finite };
    const division = divided(one.spread, circumstances);
    if (division === undefined) {
      reportTooMany(one, farthest, report);
      return [];
    }
    notes.push(`\`${pathText([...one.path, "spread"])}\`: ${division.note}`);
    return division.atoms.map((atom) => kindAt(one, atom, only, stateAt));
  });
  return kinds.every((list) => list.length > 0) ? { kinds: kinds.flat(), ...own, notes } : undefined;
}

/** `reservoir`, with the `couplings` of the model. */
function readOnly(model: Mapping, system: Space | undefined, report: Report): Entry | undefined {
  const example = "reservoir: { dims: 2, hamiltonian: 0.5 * sigmaz, state: down }";
  const there = checkPresent(model, "reservoir", example, [], report);
  const coupled = checkPresent(model, "couplings", "couplings: [{ system: sigmam, site: sigmap }]", [], report);
  const site = there ? readSite(model.reservoir, ["reservoir"], siteKeys, report) : undefined;
  const couplings = coupled ? readCouplings(model.couplings, ["couplings"], system, site?.space, report) : undefined;
  return completed(site, couplings, ["couplings"], {});
}

function readList(model: Mapping, system: Space | undefined, report: Report): (Entry | undefined)[] | undefined {
  for (const key of ["reservoir", "couplings"] as const) {
    if (model[key] === undefined) continue;
    const suggestion =
      key === "couplings" ? "Each entry of `reservoirs` has its own `couplings`." : "Make it an entry of `reservoirs`.";
    report(mustBut([key], "not stand beside `reservoirs`", "does", { key: true, suggestion }));
  }
  const written = model.reservoirs;
  if (!Array.isArray(written) || written.length === 0) {
    const found = writtenText(written);
    report(mustBut(["reservoirs"], "be a list of reservoirs, each with its `couplings`", `is ${found}`, { found }));
    return undefined;
  }
  return written.map((one, r) => readEntry(one, ["reservoirs", r], written.length, system, report));
}

function readEntry(
  written: unknown,
  path: Path,
  count: number,
  system: Space | undefined,
  report: Report,
): Entry | undefined {
  const site = readSite(written, path, reservoirKeys, report);
  if (!site) return undefined;
  const { mapping } = site;
  const couplingsPath = [...path, "couplings"];
  const coupled = checkPresent(mapping, "couplings", "couplings: [{ system: sigmam, site: sigmap }]", path, report);
  const couplings = coupled ? readCouplings(mapping.couplings, couplingsPath, system, site.space, report) : undefined;
  const sizes = mapping.sizes === undefined ? undefined : readSizes(mapping.sizes, report, [...path, "sizes"]);
  if (mapping.sizes !== undefined && sizes === undefined) return undefined;
  const unlimited = sizes?.includes(Number.POSITIVE_INFINITY) ?? true;
  if (mapping.share === undefined && count > 1 && unlimited) {
    checkPresent(mapping, "share", "share: 0.5", path, report);
    return undefined;
  }
  const share = mapping.share === undefined ? undefined : writtenNumber(mapping.share, [...path, "share"], report);
  if (mapping.share !== undefined && share === undefined) return undefined;
  return completed(site, couplings, couplingsPath, { share, sizes });
}

interface Site {
  readonly mapping: Mapping;
  readonly path: Path;
  readonly space: Space | undefined;
  readonly hamiltonian: Matrix | undefined;
  readonly state: Matrix | undefined;
  readonly stationary: boolean;
  readonly spread: Spread | undefined;
}

function readSite(written: unknown, path: Path, keys: readonly string[], report: Report): Site | undefined {
  const part = readPart(written, path, report, keys);
  if (typeof written !== "object" || written === null || Array.isArray(written)) return undefined;
  const mapping = written as Mapping;
  const stationary = checkStationary(part, mapping.state, path, report);
  const spread = mapping.spread === undefined ? undefined : readSpread(mapping.spread, [...path, "spread"], report);
  return { mapping, path, space: part.space, hamiltonian: part.hamiltonian, state: part.state, stationary, spread };
}

/** The entry, if nothing is missing. The mean of v in a state that does not last means nothing. */
function completed(
  site: Site | undefined,
  couplings: readonly Uncentred[] | undefined,
  couplingsPath: Path,
  { share, sizes }: { share?: number | undefined; sizes?: readonly Size[] | undefined },
): Entry | undefined {
  if (!site?.space || !site.hamiltonian || !site.state || !site.stationary || !couplings) return undefined;
  if (site.mapping.spread !== undefined && site.spread === undefined) return undefined;
  const { path, space, hamiltonian, state, spread, mapping } = site;
  return {
    path,
    space,
    hamiltonian,
    state,
    writtenState: mapping.state,
    couplings,
    couplingsPath,
    share,
    sizes,
    spread,
  };
}

function sharesOf(entries: readonly Entry[], report: Report): number[] | undefined {
  if (entries.length === 1 && entries[0].share === undefined) return [1];
  const written = entries.map(({ share }) => share);
  // With numbers of sites for each run, the last run's proportions stand for those of the limit.
  if (written.some((share) => share === undefined)) {
    const last = entries.map(({ sizes }) => sizes?.at(-1) ?? 1);
    return last.map((count) => count / last.reduce((sum, one) => sum + one, 0));
  }
  return normalisedShares(written as number[], (r) => ["reservoirs", r, "share"], ["reservoirs"], report);
}

/** M of each run from the numbers of sites of each entry; nothing if shares of the model's sizes are meant. */
function ownSizes(entries: readonly Entry[], given: boolean, report: Report): { sizes?: Size[] } | undefined {
  const having = entries.filter(({ sizes }) => sizes !== undefined);
  if (having.length === 0) return {};
  const path = [...having[0].path, "sizes"];
  if (given) {
    const suggestion = "The `sizes` of a reservoir are its own numbers of sites; those of the model are all sites.";
    report(mustBut(["sizes"], `not stand beside \`${pathText(path)}\``, "does", { key: true, suggestion }));
    return undefined;
  }
  const lacking = entries.find(({ sizes }) => sizes?.length !== having[0].sizes?.length);
  if (lacking) {
    const count = `${having[0].sizes?.length} ${having[0].sizes?.length === 1 ? "size" : "sizes"}`;
    const but = lacking.sizes === undefined ? "there are none" : `has ${lacking.sizes.length}`;
    report(mustBut([...lacking.path, "sizes"], `give ${count}, as \`${pathText(path)}\` does`, but));
    return undefined;
  }
  const spread = entries.find((one) => one.spread !== undefined);
  if (spread) {
    const suggestion = "A spread divides a share of all sites: give `share`, and `sizes` for the model.";
    report(mustBut([...spread.path, "sizes"], "not stand beside `spread`", "does", { key: true, suggestion }));
    return undefined;
  }
  const totals = (having[0].sizes as readonly Size[]).map((_, i) =>
    entries.reduce((sum, { sizes }) => sum + (sizes as readonly Size[])[i], 0),
  );
  const mixed = totals.findIndex(
    (total, i) =>
      total === Number.POSITIVE_INFINITY && entries.some(({ sizes }) => (sizes as readonly Size[])[i] !== total),
  );
  const twice = totals.findIndex((total, i) => totals.indexOf(total) < i);
  if (mixed >= 0 || twice >= 0) {
    const must = mixed >= 0 ? "be inf for all reservoirs or for none" : "give each number of all sites once";
    const but = mixed >= 0 ? `entry ${mixed} is not` : `${totals[twice]} comes again`;
    report(mustBut(path, must, but));
    return undefined;
  }
  return { sizes: totals };
}

function siteOf({ space }: Entry, hamiltonian: Matrix, state: Matrix): Kind["site"] {
  return { dimension: space.dimension, hamiltonian, state };
}

/** The state of a site whose Hamiltonian is x h: thermal(beta) is that of its own. */
function stateOf(one: Entry, x: number, report: Report): Matrix {
  if (one.spread?.of !== "splitting" || typeof one.writtenState !== "string") return one.state;
  const scope = { hamiltonian: scale(one.hamiltonian, x) };
  return densityOn(one.space, one.writtenState, [...one.path, "state"], report, scope) ?? one.state;
}

function kindAt(
  one: Entry,
  { value, share }: Atom,
  only: Pick<Kind, "share" | "entry" | "path">,
  stateAt: (x: number) => Matrix,
): Kind {
  const splitting = one.spread?.of === "splitting";
  const hamiltonian = splitting ? scale(one.hamiltonian, value) : one.hamiltonian;
  const couplings = splitting ? one.couplings : one.couplings.map((c) => ({ ...c, site: scale(c.site, value) }));
  return { ...only, share: only.share * share, site: siteOf(one, hamiltonian, stateAt(value)), couplings, value };
}

function reportTooMany(one: Entry, farthest: number, report: Report): void {
  report(
    mustBut([...one.path, "spread"], `need at most ${mostValues} values`, `needs more for |t| ≤ ${farthest}`, {
      suggestion:
        "Ask for shorter times or a larger tolerance; or say how many `nodes` or `quantiles` there shall be, and see in " +
        "`bosonize check` how long they are good for.",
    }),
  );
}
