/** The forms of F that leave out what cannot matter up to the last time, as `bosonize modes` shows them. */

import { entry, norm } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import type { MergedModes } from "../reservoir/merge.ts";
import type { TruncatedChain } from "../reservoir/truncatedChain.ts";
import { operatorText } from "./operatorText.ts";
import { complexQuantity, counted, magnitude, quantity } from "./quantities.ts";
import { table } from "./table.ts";

/** Sites with their energies and the hoppings to sites before them; `time` is the last that matters. */
export function chainLines(model: Model, { chain, whole, bound }: TruncatedChain, time: number): string[] {
  const { hamiltonian: h, couplings, blocks } = chain;
  const blockOf = blocks.flatMap((size, block) => new Array<number>(size).fill(block));
  const rows = blockOf.map((block, a) => {
    const back = blockOf.flatMap((other, b) => {
      const hop = entry(h, b, a);
      if (b >= a || block - other > 1 || (hop.re === 0 && hop.im === 0)) return [];
      return [`${complexQuantity(hop)} from ${b + 1}`];
    });
    const coupling = couplings[a];
    return [
      String(a + 1),
      quantity(entry(h, a, a).re),
      coupling === undefined ? "" : quantity(norm(coupling)),
      back.join(", "),
      coupling === undefined ? "" : operatorText(coupling, model.system.dims),
    ];
  });
  return [
    `F as a chain: Σ h_ab b_a† b_b + L b† + L† b, S at the sites that have an L, all sites starting empty.`,
    rows.length === whole
      ? `${counted(whole, "site")}: nothing is left out.`
      : `${rows.length} of ${whole} sites are enough up to t = ${quantity(time)}: ${leftOut(bound, "the rest")}`,
    ...(rows.length === 0
      ? []
      : [
          table(
            [
              { title: "site" },
              { title: "energy" },
              { title: "‖L‖" },
              { title: "hopping", align: "left" },
              { title: "L", align: "left" },
            ],
            rows,
          ),
        ]),
  ];
}

export function mergedLines(model: Model, { modes, bound }: MergedModes, of: number, time: number): string[] {
  const rows = modes.map(({ frequency, coupling }) => [
    quantity(frequency),
    quantity(norm(coupling)),
    operatorText(coupling, model.system.dims),
  ]);
  return [
    `Modes of nearly equal frequency in one: ${counted(modes.length, "mode")} instead of ${of} of the minimal form.`,
    `Good up to t = ${quantity(time)}: ${leftOut(bound, "merging")}`,
    ...(rows.length === 0
      ? []
      : [table([{ title: "frequency ω" }, { title: "‖L‖" }, { title: "L", align: "left" }], rows)]),
  ];
}

function leftOut(bound: number, what: string): string {
  return bound === 0
    ? "nothing is left out."
    : `${what} changes no entry of ρ_S by more than ${magnitude(bound)}, which is proved (docs/certificates.md).`;
}
