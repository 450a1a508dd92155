/** S, or one site of the reservoir: dimensions, Hamiltonian, state. */

import type { Matrix } from "../algebra/matrix.ts";
import { commutator, norm, traceless, zeros } from "../algebra/matrix.ts";
import { densityOn } from "./density.ts";
import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, pathText, writtenText } from "./issue.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { foundText, hermitianOn, rounding } from "./operatorOf.ts";
import { partKeys } from "./spec.ts";
import { maxDimension } from "./value.ts";

/** What could be made of a part; all of it if nothing was reported. */
export interface Part {
  readonly space?: Space | undefined;
  readonly hamiltonian?: Matrix | undefined;
  readonly state?: Matrix | undefined;
}

/** Reads `system`, `reservoir` or what an entry of `reservoirs` has of these. */
export function readPart(written: unknown, path: Path, report: Report, keys: readonly string[] = partKeys): Part {
  const example = "a mapping with `dims`, `hamiltonian` and `state`";
  const mapping = asMapping(written, path, example, report);
  if (!mapping) return {};
  checkKeys(mapping, keys, path, report);
  const saidAt = pathText([...path, "dims"]);
  const said = mapping.dims === undefined ? undefined : readDims(mapping.dims, [...path, "dims"], report);
  const known = said && spaceOf(said, saidAt);

  const given = checkPresent(mapping, "hamiltonian", "hamiltonian: 0.5 * sigmaz", path, report);
  const hamiltonian = given ? hermitianOn(known, mapping.hamiltonian, [...path, "hamiltonian"], report) : undefined;
  const inferred = mapping.dims === undefined && hamiltonian ? spaceOf([hamiltonian.rows], saidAt) : undefined;
  const space = known ?? inferred;

  if (!checkPresent(mapping, "state", "state: up", path, report)) return { space, hamiltonian };
  // With the Hamiltonian in doubt, thermal(beta) must not be reported as well: any stand-in of the right size will do.
  const scope = { hamiltonian: hamiltonian ?? zeros(space?.dimension ?? 1) };
  const state = densityOn(space, mapping.state, [...path, "state"], report, scope);
  return { space, hamiltonian, state };
}

/** Whether the Hamiltonian of a site leaves its state alone, (7); reports it if not. Unknown counts as not. */
export function checkStationary(site: Part, written: unknown, at: Path, report: Report): boolean {
  const { hamiltonian, state } = site;
  if (!hamiltonian || !state) return false;
  const moved = norm(commutator(hamiltonian, state));
  // A multiple of 1 in h moves nothing, so it must not make the allowance larger, but for its own rounding.
  const allowed = rounding * norm(traceless(hamiltonian)) + 1e-14 * norm(hamiltonian);
  if (moved <= allowed) return true;
  report(
    mustBut(
      [...at, "state"],
      `commute with \`${pathText([...at, "hamiltonian"])}\``,
      `the norm of [h, ρ] is ${numberText(moved)}`,
      {
        found: foundText(written),
        suggestion:
          "A site must not move by itself: take `thermal(beta)`, or a mixture of eigenstates of its Hamiltonian.",
      },
    ),
  );
  return false;
}

function spaceOf(dims: readonly number[], saidAt: string): Space {
  return { dims, dimension: dims.reduce((product, size) => product * size, 1), saidAt };
}

function readDims(written: unknown, path: Path, report: Report): number[] | undefined {
  const list: unknown[] = Array.isArray(written) ? written : [written];
  const must = "be a whole number from 2, or a list of them such as [2, 2]";
  if (list.length === 0) {
    report(mustBut(path, must, "is an empty list", { found: "[]" }));
    return undefined;
  }
  const dims: number[] = [];
  list.forEach((size, i) => {
    const at = Array.isArray(written) ? [...path, i] : path;
    if (typeof size === "number" && Number.isInteger(size) && size >= 2) dims.push(size);
    else report(mustBut(at, must, `is ${writtenText(size)}`, { found: writtenText(size) }));
  });
  if (dims.length < list.length) return undefined;
  const dimension = dims.reduce((product, size) => product * size, 1);
  if (dimension <= maxDimension) return dims;
  report(
    mustBut(
      path,
      `give a dimension of at most ${maxDimension}`,
      `gives ${dims.join("·")}${dims.length > 1 ? ` = ${dimension}` : ""}`,
      {
        found: dims.join(", "),
        suggestion:
          "S and a site are kept exactly, so they must be small; the number of sites may be as large as you like.",
      },
    ),
  );
  return undefined;
}
