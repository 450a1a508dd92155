/** A name that expressions may use: all that the program and the documentation know of it. */

import type { Matrix } from "../algebra/matrix.ts";
import type { Value } from "./value.ts";

/** Where an expression stands, for the few names that depend on it. */
export interface Scope {
  /** The Hamiltonian that belongs to the state being written, for thermal(beta). */
  readonly hamiltonian?: Matrix | undefined;
}

export interface Name {
  readonly name: string;
  /** As one writes it: `destroy(n)`; several ways separated by " or ". */
  readonly usage: string;
  /** What it is, for the table in docs/model-file.md. */
  readonly meaning: string;
  /** Other names that are understood. */
  readonly aliases?: readonly string[];
  /** Names used elsewhere, not understood here, but answered with this one. */
  readonly elsewhere?: readonly string[];
  /** Least and greatest number of arguments. 0 at least: the bare name is enough. */
  readonly arity: readonly [number, number];
  /** Throws ExpressionProblem if the arguments are not what they should be. */
  readonly build: (args: readonly Value[], scope: Scope) => Value;
}
