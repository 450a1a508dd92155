/**
 * A model as matrices in the user's bases, and from it both what the library works with and what a user would write.
 */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, adjoint, identity, maxAbs, scale, traceless, traceOfProduct, zeros } from "../../src/algebra/matrix.ts";
import type { Coupling, Model, Size } from "../../src/model/types.ts";

export interface PlainCoupling {
  readonly system: Matrix;
  readonly site: Matrix;
  /** "+ H.c." is added, or the term is Hermitian and taken once. */
  readonly hc: "added" | "included";
}

export interface PlainModel {
  readonly name: string;
  readonly dims: readonly number[];
  readonly systemHamiltonian: Matrix;
  readonly systemState: Matrix;
  readonly siteHamiltonian: Matrix;
  readonly siteState: Matrix;
  readonly couplings: readonly PlainCoupling[];
  readonly center: "error" | "subtract" | "keep";
  readonly times: readonly number[];
  readonly sizes: readonly Size[];
  readonly tolerance: number;
}

/** The `Model` of the library, built here and not by the library's own reader. */
export function asModel(plain: PlainModel): Model {
  const dimension = plain.systemHamiltonian.rows;
  const couplings = plain.couplings.map((c): Coupling => {
    const offset = traceOfProduct(plain.siteState, c.site);
    const centred = add(c.site, identity(c.site.rows), { re: -offset.re, im: -offset.im });
    return { system: c.hc === "included" ? scale(c.system, 0.5) : c.system, site: centred, offset };
  });
  let operator = zeros(dimension);
  for (const { system, offset } of couplings) {
    const term = scale(system, offset);
    operator = add(operator, add(term, adjoint(term)));
  }
  return {
    name: plain.name,
    system: {
      dims: plain.dims,
      dimension,
      hamiltonian: plain.systemHamiltonian,
      state: plain.systemState,
    },
    reservoirs: [
      {
        share: 1,
        site: { dimension: plain.siteHamiltonian.rows, hamiltonian: plain.siteHamiltonian, state: plain.siteState },
        couplings,
        entry: 0,
      },
    ],
    meanField: { operator, kept: plain.center === "keep", matters: maxAbs(traceless(operator)) > 1e-12 },
    times: plain.times,
    sizes: plain.sizes,
    observables: [],
    tolerance: plain.tolerance,
  };
}

/** Rows of entries [re, im], as in a model file. */
export type Rows = [number, number][][];

/** The same model as a user would write it in JSON. */
export interface PlainSpec {
  name: string;
  system: { dims: number[]; hamiltonian: Rows; state: Rows };
  reservoir: { dims: number; hamiltonian: Rows; state: Rows };
  couplings: { system: Rows; site: Rows; hc?: "included" }[];
  center: "error" | "subtract" | "keep";
  times: number[];
  sizes: (number | "inf")[];
  tolerance: number;
}

export function asSpec(plain: PlainModel): PlainSpec {
  return {
    name: plain.name,
    system: { dims: [...plain.dims], hamiltonian: rows(plain.systemHamiltonian), state: rows(plain.systemState) },
    reservoir: {
      dims: plain.siteHamiltonian.rows,
      hamiltonian: rows(plain.siteHamiltonian),
      state: rows(plain.siteState),
    },
    couplings: plain.couplings.map((c) => ({
      system: rows(c.system),
      site: rows(c.site),
      ...(c.hc === "included" ? { hc: "included" as const } : {}),
    })),
    center: plain.center,
    times: [...plain.times],
    sizes: plain.sizes.map((size) => (size === Number.POSITIVE_INFINITY ? "inf" : size)),
    tolerance: plain.tolerance,
  };
}

/** The inverse of asSpec. */
export function fromSpec(spec: PlainSpec): PlainModel {
  return {
    name: spec.name,
    dims: spec.system.dims,
    systemHamiltonian: fromRows(spec.system.hamiltonian),
    systemState: fromRows(spec.system.state),
    siteHamiltonian: fromRows(spec.reservoir.hamiltonian),
    siteState: fromRows(spec.reservoir.state),
    couplings: spec.couplings.map((c) => ({
      system: fromRows(c.system),
      site: fromRows(c.site),
      hc: c.hc ?? "added",
    })),
    center: spec.center,
    times: spec.times,
    sizes: spec.sizes.map((size) => (size === "inf" ? Number.POSITIVE_INFINITY : size)),
    tolerance: spec.tolerance,
  };
}

export function rows(a: Matrix): Rows {
  return Array.from({ length: a.rows }, (_, i) =>
    Array.from({ length: a.cols }, (_, j): [number, number] => [a.re[i * a.cols + j], a.im[i * a.cols + j]]),
  );
}

export function fromRows(entries: Rows): Matrix {
  const a = zeros(entries.length, entries[0].length);
  entries.flat().forEach(([re, im], at) => {
    a.re[at] = re;
    a.im[at] = im;
  });
  return a;
}
