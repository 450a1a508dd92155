/** What is evolved, where, and what comes of it. */

import type { MatrixSeries } from "../../algebra/series.ts";
import type { Basis } from "../../fock/basis.ts";
import type { Pattern } from "../../fock/hamiltonian.ts";
import type { ComplexVector, SparseMatrix } from "../../fock/sparse.ts";
import type { Layered, Posed } from "../krylov/kept.ts";
import type { Spectrum } from "../spectral/spectral.ts";
import type { DensitySum } from "./densitySum.ts";
import type { EvolutionInfo } from "./problem.ts";
import type { SparseKet } from "./sparseKet.ts";

/** A state of S, with the bosons in a Fock state. */
export interface Ket {
  /** Its share of the mixed start. */
  readonly weight: number;
  /** N amplitudes. */
  readonly levels: ComplexVector;
  /** One number for each mode. */
  readonly occupations: readonly number[];
}

/** A truncated space that several sectors share; only the numbers in `matrix` differ between them. */
export interface Space {
  readonly basis: Basis;
  readonly pattern: Pattern;
  matrix: SparseMatrix | null;
  /** The invariant subspaces that show in the matrix's pattern, once they are known. */
  subspaces?: readonly Int32Array[];
  /** What was found of a sector that is done with: room for the next one. */
  room?: Spectrum;
  /** Of the sector whose kets were evolved last in Krylov windows, since ranges of them come one after the other. */
  posed?: Posed;
  layered?: Layered;
  /** Kets that were asked for before, by their states of S, then by their Fock states. */
  readonly kets?: Map<ComplexVector, SparseKet[]>;
}

export interface Evolution {
  /** Found when first asked for, where that saves work. */
  readonly rho: MatrixSeries;
  /** ρ_S at the times in some places of the list only: cheap, where all would not be. */
  sample(places: readonly number[]): MatrixSeries;
  /** Adds `weight` times ρ_S(t). */
  addTo(sum: DensitySum, weight: number): void;
  readonly info: EvolutionInfo;
}
