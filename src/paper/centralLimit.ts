/** The distribution of fluctuation operators: the quantum central limit theorem itself. */

import {
  type Complex,
  diagonal,
  hermitianPart,
  type Matrix,
  matrix,
  multiply,
  traceOfProduct,
} from "../algebra/matrix.ts";
import { fluctuationsFigure } from "../figures/fluctuations.ts";
import { fluctuations } from "../limits/fluctuations.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { type Check, check } from "./check.ts";
import { difference, modulus } from "./complexNumbers.ts";
import { propagator } from "./denseEvolution.ts";
import type { PaperFigure } from "./section.ts";

/** Three levels, v with a third moment. */
function skewedSite(): Model {
  return defineModel({
    system: { hamiltonian: "sigmaz", state: "up" },
    reservoir: { hamiltonian: diagonal([0, 1, 1.7]), state: diagonal([0.6, 0.3, 0.1]) },
    couplings: [
      {
        system: "sigmax",
        site: matrix([
          [-0.6, 0.3, 0.1],
          [0.3, 0.4, 0.5],
          [0.1, 0.5, 2.4],
        ]),
      },
    ],
  });
}

export function fluctuationsOfSites(): PaperFigure {
  return {
    name: "fluctuations",
    caption:
      "The quantum central limit theorem on one operator: the distribution of M^{-1/2} Σ v over the sites for a " +
      "three-level site whose v has a third moment, beside the Gaussian of the same variance.",
    draw: (theme) => {
      const { variance, distributions } = fluctuations(skewedSite(), [1, 2, 4, 16, 64, 256]);
      return fluctuationsFigure(
        {
          name: "A skewed operator on a three-level site",
          operator: "v",
          variance,
          distributions: distributions.map((one) => ({ M: one.size, ...one })),
        },
        { theme },
      );
    },
  };
}

/** Checks of the limit theorem; `model` has two site operators that do not commute. */
export function normality(model: Model): Check[] {
  const { distributions, asymptotic } = fluctuations(skewedSite(), [16, 64, 256, 4096]);
  const last = distributions[distributions.length - 1];
  return [
    check({
      id: "limit theorem",
      claim: "the distribution of M^{-1/2} Σ v becomes normal, and no slower than Berry and Esseen allow",
      between: "Kolmogorov's distance to the normal law, and 0.469 E|v|³/(σ³√M), M = 16 to 4096",
      measure: Math.max(...distributions.map(({ distance, bound }) => distance / bound)),
      unit: "largest ratio",
      expected: { atMost: 1 },
    }),
    check({
      id: "limit theorem",
      claim: "it does so as M^{-1/2} where v has a third moment, with the constant that Esseen gives",
      between: "√M times the distance at M = 4096, and (|skewness|/6)/√(2π)",
      measure: (Math.sqrt(last.size) * last.distance) / asymptotic,
      unit: "ratio",
      expected: { near: 1, within: 0.01 },
    }),
    check({
      id: "limit theorem",
      claim: "operators that do not commute become jointly normal: ⟨e^{iX}e^{iY}⟩ → e^{−⟨X²⟩/2−⟨Y²⟩/2−⟨XY⟩}",
      between: "[tr(ρ e^{ix/√M} e^{iy/√M})]^M at M = 10^10, and the Gaussian with its phase",
      measure: weylDistance(model, 1e10),
      expected: { atMost: 1e-4 },
      note: `without the commutator's phase they would differ by ${phaseless(model).toPrecision(2)}`,
    }),
  ];
}

/** x and y: the Hermitian parts of both site operators, centred with them. */
function twoQuadratures(model: Model): { x: Matrix; y: Matrix; state: Matrix } {
  const [x, y] = model.reservoirs[0].couplings.map(({ site }) => hermitianPart(site));
  return { x, y, state: model.reservoirs[0].site.state };
}

function gaussianOf(model: Model): Complex {
  const { x, y, state } = twoQuadratures(model);
  const mean = (a: Matrix, b: Matrix): Complex => traceOfProduct(state, multiply(a, b));
  const [xx, yy, xy] = [mean(x, x), mean(y, y), mean(x, y)];
  const size = Math.exp(-xx.re / 2 - yy.re / 2 - xy.re);
  return { re: size * Math.cos(xy.im), im: -size * Math.sin(xy.im) };
}

function phaseless(model: Model): number {
  const gaussian = gaussianOf(model);
  return modulus(difference(gaussian, { re: modulus(gaussian), im: 0 }));
}

function weylDistance(model: Model, size: number): number {
  const { x, y, state } = twoQuadratures(model);
  const step = -1 / Math.sqrt(size);
  const one = traceOfProduct(state, multiply(propagator(x, step), propagator(y, step)));
  const [log, angle] = [size * Math.log(modulus(one)), size * Math.atan2(one.im, one.re)];
  const whole = { re: Math.exp(log) * Math.cos(angle), im: Math.exp(log) * Math.sin(angle) };
  return modulus(difference(whole, gaussianOf(model)));
}
