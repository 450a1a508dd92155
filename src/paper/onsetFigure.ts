/** The onset of decoherence beside the Gaussian of (22). */

import { entry } from "../algebra/matrix.ts";
import { matrixAt } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { linearAxis } from "../figures/axis.ts";
import { edge, type Figure, figure, figureWidth, heading } from "../figures/figure.ts";
import { legend } from "../figures/legend.ts";
import { type LineStyle, referenceStyle, strokedPath } from "../figures/lineStyle.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "../figures/panel.ts";
import { italic } from "../figures/text.ts";
import { type ThemeName, themes } from "../figures/theme.ts";
import { defineModel } from "../model/validate.ts";

/** d = 3, v_kl = 1 off the diagonal, G = 0.2 σ_z: (g_1 − g_2)² = 0.16. */
const spread = 0.16;

export function onsetFigure(name: ThemeName): Figure {
  const theme = themes[name];
  const times = Array.from({ length: 201 }, (_, i) => i / 40);
  const gaussian = (rate: number): number[] => times.map((t) => Math.exp(-rate * t * t));
  const corrected: LineStyle = { colour: theme.accent, width: 2.8, dash: [10, 5] };
  const printed: LineStyle = { colour: theme.contrast, width: 2.8, dash: [2.5, 4] };
  const curves = [
    { label: "exact, the limit", style: referenceStyle(theme), values: exact(times) },
    { label: "(22): exp(−2(d − 1)(Δg)²u²t²)", style: corrected, values: gaussian(2 * 2 * spread) },
    { label: "as printed: exp(−(2d − 1)u²t²)", style: printed, values: gaussian(5) },
  ];
  const title = "Onset of decoherence, three-level sites, homogeneous coupling";
  const head = heading(title, theme);
  const key = legend(curves, head.bottom, theme);
  const top = key.bottom + abovePanel + 6;
  const bottom = top + 360;
  const y = linearAxis([0, 1.05], [bottom, top], { ticks: 6 });
  const area: Area = { left: Math.round(edge + yNumbersWidth(y.ticks)), right: figureWidth - edge, top, bottom };
  const x = linearAxis([0, 5], [area.left, area.right], { ticks: 8 });
  const labels = { x: `time ${italic("t")}  (1/energy, ħ = 1)`, y: `coherence  |${italic("D")}₁₂|` };
  const lines = curves.map(({ values, style }) => strokedPath(times.map(x.position), values.map(y.position), style));
  return figure({
    name: "onset",
    title,
    description: "The exact coherence, and two Gaussians in time: the corrected one touches it at early times.",
    height: bottom + belowPanel,
    theme,
    body: head.svg + key.svg + panel(area, x, y, labels, theme) + lines.join(""),
  });
}

function exact(times: readonly number[]): number[] {
  const model = defineModel({
    system: { hamiltonian: "0 * sigmaz", state: "plus" },
    reservoir: {
      hamiltonian: [
        [0, 0, 0],
        [0, 0.7, 0],
        [0, 0, 1.2],
      ],
      state: "thermal(1)",
    },
    couplings: [
      {
        system: "0.2 * sigmaz",
        site: [
          [0, 1, 1],
          [1, 0, 1],
          [1, 1, 0],
        ],
      },
    ],
    times,
  });
  const { rho } = simulate(model, Number.POSITIVE_INFINITY);
  return times.map((_, t) => {
    const { re, im } = entry(matrixAt(rho, t), 0, 1);
    return 2 * Math.hypot(re, im);
  });
}
