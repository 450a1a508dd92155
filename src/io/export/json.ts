/** F as plain data, for solvers that have no export of their own. The schema is described in docs/export.md. */

import type { Matrix } from "../../algebra/matrix.ts";
import type { HandedSystem, HermitianBath } from "../../handover/handover.ts";

/** A list of oscillators ω a†a + L a† + L† a, and a static field Σ ξ_r A_r. */
export interface JsonForm {
  readonly modes: readonly {
    readonly frequency: number;
    readonly coupling: Matrix;
    /** Mean number of quanta at t = 0; left out for the vacuum. */
    readonly occupation?: number;
  }[];
  readonly field: readonly Matrix[];
}

export interface JsonReservoir {
  readonly system: Pick<HandedSystem, "name" | "version" | "dims" | "hamiltonian" | "state">;
  readonly forms: Readonly<Record<"standard" | "minimal" | "thermal", JsonForm>>;
  /** Pairs of levels of a site. */
  readonly pairs: readonly {
    readonly k: number;
    readonly l: number;
    readonly frequency: number;
    readonly occupation: number;
    readonly beta: number;
    readonly coupling: Matrix;
    readonly kind: "oscillator" | "classical";
  }[];
  readonly spectralWeights: readonly { readonly frequency: number; readonly weight: Matrix }[] | null;
  /** Null, with a reason, where F is no sum of Hermitian Q ⊗ X. */
  readonly hermitianBaths: readonly HermitianBath[] | null;
  /** Null if it was not asked for. */
  readonly reference: HandedSystem | null;
}

export const reservoirSchema = "bosonize/reservoir@1";

/** The document as text. Infinity and NaN, which JSON lacks, become null. */
export function reservoirJson(f: JsonReservoir): string {
  const form = ({ modes, field }: JsonForm) => ({
    modes: modes.map(({ frequency, coupling, occupation }) => ({
      frequency,
      coupling: rows(coupling),
      ...(occupation === undefined
        ? {}
        : { occupation, beta: occupation > 0 ? Math.log1p(1 / occupation) / frequency : null }),
    })),
    field: field.map(rows),
  });
  const document = {
    schema: reservoirSchema,
    name: f.system.name,
    bosonize: f.system.version,
    system: { dims: f.system.dims, hamiltonian: rows(f.system.hamiltonian), state: rows(f.system.state) },
    standard: form(f.forms.standard),
    minimal: form(f.forms.minimal),
    thermal: form(f.forms.thermal),
    pairs: f.pairs.map((pair) => ({ ...pair, coupling: rows(pair.coupling) })),
    correlation:
      f.spectralWeights?.map(({ frequency, weight }) => ({ frequency, decay: 0, weight: rows(weight) })) ?? null,
    hermitianBaths:
      f.hermitianBaths?.map(({ operator, exponents }) => ({ operator: rows(operator), exponents })) ?? null,
    reference: f.reference && {
      times: f.reference.reference.times,
      rho: series(f.reference),
      error: f.reference.referenceError,
      remark: f.reference.timesRemark,
    },
  };
  return `${JSON.stringify(document)}\n`;
}

function rows(a: Matrix): [number, number][][] {
  return Array.from({ length: a.rows }, (_, i) =>
    Array.from({ length: a.cols }, (_, j): [number, number] => [a.re[i * a.cols + j], a.im[i * a.cols + j]]),
  );
}

function series({ reference }: HandedSystem): [number, number][][][] {
  const n = reference.dimension;
  return reference.times.map((_, t) =>
    rows({
      rows: n,
      cols: n,
      re: reference.re.subarray(t * n * n, (t + 1) * n * n),
      im: reference.im.subarray(t * n * n, (t + 1) * n * n),
    }),
  );
}
