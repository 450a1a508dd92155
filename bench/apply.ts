/** `npm run bench -- apply`: H x against this machine's copy bandwidth and against C, in one run. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "../src/cli/table.ts";
import { assemble } from "../src/fock/assemble.ts";
import type { Basis } from "../src/fock/basis.ts";
import { blockOperator, blockOperatorSizes, isBlockOperator } from "../src/fock/blockOperator.ts";
import type { BosonHamiltonian } from "../src/fock/hamiltonian.ts";
import { productOperator, productOperatorSizes } from "../src/fock/productOperator.ts";
import { rowOperator, rowOperatorSizes } from "../src/fock/rowOperator.ts";
import type { SparseMatrix } from "../src/fock/sparse.ts";
import { arenaBytes } from "../src/kernels/arena.ts";
import { type ArraySource, withKrylovKernels } from "../src/kernels/krylovKernels.ts";
import { kernelInfo } from "../src/kernels/module.ts";
import { partsFor } from "../src/kernels/parts.ts";
import type { StepOperator } from "../src/kernels/stepOperator.ts";
import { type Case, caseOf, cutoffs, sharedCutoffs } from "./applyCase.ts";
import { applyOfTwoThreads } from "./applyThreads.ts";

const copyBytes = 256 * 2 ** 20;

interface Form {
  readonly name: string;
  /** Where its Fock states stand. */
  readonly basis: Basis;
  /** Bytes that must be moved at least once: H, and each vector. */
  readonly bytes: number;
  readonly sizes: readonly number[];
  build(arrays: ArraySource): StepOperator;
}

/** Prints the tables; `source` is applyReference.c. */
export async function benchApply(source: string, bundle: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "bosonize-apply-"));
  try {
    const program = compiled(source, folder);
    const copies: number[] = [];
    const cases = cutoffs.map(caseOf);
    const rows = cases.flatMap((one) => rowsFor(one, program, folder, copies));
    process.stdout.write(
      `${kernelInfo().kind} kernels, one complex vector; C: ${program === null ? "no compiler" : "cc -O3 -march=native"}\n\n`,
    );
    print(["states", "H as", "ms", "GB/s", "of copy", "time / C"], rows);
    process.stdout.write("\nThe same steps by one thread, and by two that take its parts:\n\n");
    const divided: string[][] = [];
    const share =
      ({ bytes }: Form) =>
      (seconds: number) =>
        ofCopy(bytes / seconds, copies[0]);
    for (const one of sharedCutoffs.map(caseOf)) {
      for (const form of leanForms(one)) {
        const name = [String(one.basis.dimension), form.name];
        divided.push(await applyOfTwoThreads(name, () => time(form), share(form), bundle));
      }
    }
    print(["states", "H as", "ms", "two threads", "ratio", "of one core's copy"], divided);
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(titles: readonly string[], rows: string[][]): void {
  const columns = titles.map((title) => ({ title }));
  process.stdout.write(`${table(columns, rows)}\n`);
}

/** Sums of products, and where they stand in blocks those. */
function leanForms({ basis, byHeight, h }: Case): readonly Form[] {
  return isBlockOperator(basis, h) ? [productForm(byHeight, h), blockForm(basis, h)] : [productForm(byHeight, h)];
}

function ofCopy(rate: number, copy: number | undefined): string {
  return copy === undefined ? "" : `${((100 * rate) / copy).toFixed(0)} %`;
}

function rowsFor(one: Case, program: string | null, folder: string, copies: number[]): string[][] {
  const { basis, byHeight, h, pattern } = one;
  const matrix = assemble(byHeight, pattern, h);
  const c = program === null ? null : reference(program, folder, matrix);
  if (c !== null) copies.push(c.copy);
  const forms = [rowForm(byHeight, matrix), ...leanForms(one)];
  return forms.map((form) => {
    const seconds = time(form);
    const rate = form.bytes / seconds;
    return [
      String(basis.dimension),
      form.name,
      (1e3 * seconds).toFixed(3),
      (1e-9 * rate).toFixed(1),
      ofCopy(rate, c?.copy),
      c === null ? "" : (seconds / c.step).toFixed(2),
    ];
  });
}

function vectorBytes({ dimension }: Basis): number {
  return 3 * 16 * dimension;
}

function rowForm(basis: Basis, matrix: SparseMatrix): Form {
  const real = { ...matrix, im: new Float64Array(0) };
  return {
    ...{ name: "rows", basis },
    bytes: vectorBytes(basis) + 12 * matrix.column.length + 4 * matrix.rows,
    sizes: rowOperatorSizes(real),
    build: (arrays) => rowOperator(real, arrays),
  };
}

function productForm(basis: Basis, h: BosonHamiltonian): Form {
  return {
    ...{ name: "products", basis },
    // Each neighbour once from either side: 12 bytes.
    bytes: vectorBytes(basis) + 12 * 2 * countRaised(basis) + 12 * basis.fockCount,
    sizes: productOperatorSizes(basis, h),
    build: (arrays) => productOperator(basis, h, arrays),
  };
}

function blockForm(basis: Basis, h: BosonHamiltonian): Form {
  return {
    ...{ name: "blocks", basis },
    // What is stored of H is less than a twentieth of that, and not counted.
    bytes: vectorBytes(basis),
    sizes: blockOperatorSizes(basis, h),
    build: (arrays) => blockOperator(basis, h, arrays),
  };
}

function countRaised({ raised }: Basis): number {
  let count = 0;
  for (const f of raised) if (f >= 0) count++;
  return count;
}

/** Seconds for a step, the least of many; four vectors in turn. */
function time(form: Form): number {
  const { basis } = form;
  const length = 2 * basis.dimension;
  const repeats = basis.dimension > 100_000 ? 12 : 400;
  const bytes = arenaBytes(...form.sizes, ...[0, 1, 2, 3].map(() => 8 * length));
  const parts = partsFor(basis.dimension);
  return withKrylovKernels(
    bytes,
    (kernels, arrays) => {
      const h = form.build(arrays);
      const vectors = [0, 1, 2, 3].map(() => {
        const vector = arrays.floats(length);
        for (let i = 0; i < length; i++) vector[i] = 1 / (i + 1);
        return vector;
      });
      let least = Number.POSITIVE_INFINITY;
      for (let r = 0; r < repeats; r++) {
        const start = performance.now();
        kernels.step(h, 2, vectors[r % 4], vectors[(r + 3) % 4], vectors[(r + 1) % 4], 0.01, 0.5);
        least = Math.min(least, performance.now() - start);
      }
      return least / 1000;
    },
    parts,
  );
}

/** The compiled program, or null where there is no compiler. */
function compiled(source: string, folder: string): string | null {
  const program = join(folder, "applyReference");
  const { status } = spawnSync("cc", ["-O3", "-march=native", "-o", program, source], { stdio: ["ignore", 2, 2] });
  return status === 0 ? program : null;
}

function reference(program: string, folder: string, matrix: SparseMatrix): { copy: number; step: number } {
  const file = join(folder, "matrix");
  const bytes = (a: Int32Array | Float64Array) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const header = Int32Array.of(matrix.rows, matrix.column.length);
  writeFileSync(file, Buffer.concat([header, matrix.rowStart, matrix.column, matrix.re].map(bytes)));
  const repeats = matrix.rows > 100_000 ? 12 : 400;
  const { stdout, status } = spawnSync(program, [String(copyBytes), file, String(repeats)], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the C program ended with ${status}`);
  return JSON.parse(stdout);
}
