/** What a site is: its levels, of each kind of sites. */

import type { Model } from "../model/types.ts";
import { eigenbasis } from "../reservoir/eigenbasis.ts";
import { quantity } from "./quantities.ts";
import { table } from "./table.ts";

/** Of the levels of many kinds, only the first are shown: a spread may have hundreds. */
const mostRows = 24;
const firstRows = 6;

export function siteLines(model: Model): string[] {
  const several = model.reservoirs.length > 1;
  const rows = model.reservoirs.flatMap(({ site, share }, r) => {
    const { energies, populations } = eigenbasis(site);
    return Array.from(energies, (energy, k) => [
      ...(several ? [String(r + 1), k === 0 ? quantity(share) : ""] : []),
      String(k + 1),
      quantity(energy),
      quantity(populations[k]),
    ]);
  });
  const shown = rows.length > mostRows ? rows.slice(0, firstRows) : rows;
  const columns = [
    ...(several ? [{ title: "reservoir" }, { title: "share" }] : []),
    { title: "level k" },
    { title: "energy E_k" },
    { title: "population p_k" },
  ];
  const heading = several
    ? `${model.reservoirs.length} kinds of sites:`
    : `Each site has ${model.reservoirs[0].site.dimension} levels:`;
  const rest = rows.length - shown.length;
  return [heading, table(columns, shown), ...(rest > 0 ? [`  and ${rest} more levels`] : [])];
}
