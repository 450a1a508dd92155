/**
 * Runs that took long, on disk from when they are finished until the command has written what it makes of them: a command that was
 * interrupted goes on from there if it is given once more.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { rememberedOf } from "../algebra/remembered.ts";
import type { Run } from "../dynamics/run.ts";
import type { Model, Size } from "../model/types.ts";
import { atomicFile } from "./atomicFile.ts";
import { sizeText } from "./quantities.ts";
import { remark } from "./say.ts";
import { Interrupted, type Solver } from "./solver.ts";
import { exitCode, Stop } from "./stop.ts";
import { version } from "./version.ts";

/** A run of fewer seconds is sooner computed again than looked for. */
const worthKeeping = 1;

export class KeptRuns {
  private readonly place: string | undefined;
  /** What was asked, sizes aside, and the sizes of which something is kept. */
  private readonly asked = new Set<string>();
  private readonly sizes = new Set<Size>();
  /** The same model is asked about once for each size. */
  private readonly digestOf = rememberedOf((model: Model) => digest({ ...model, sizes: [] }));

  /** Keeps nothing where a command writes no files. */
  constructor(folder: string | undefined) {
    this.place = folder === undefined ? undefined : join(folder, "unfinished");
  }

  /** The solver, asked only for what is not kept already. Throws a Stop where the user interrupts. */
  solver(solver: Solver): Solver {
    return {
      ...solver,
      simulate: (model, size, options) =>
        this.kept(["simulate", options.certified === true], model, size, () => solver.simulate(model, size, options)),
      twoTime: (model, size, first, options) =>
        this.kept(["twoTime", first], model, size, () => solver.twoTime(model, size, first, options)),
      energies: (model, size, options) =>
        this.kept(["energies"], model, size, () => solver.energies(model, size, options)),
    };
  }

  /** Once all is written: sizes that are no longer asked for go too. */
  discard(): void {
    const { place, asked } = this;
    if (place === undefined || !existsSync(place)) return;
    const names = readdirSync(place);
    const own = names.filter((name) => asked.has(name.split(" ")[0]));
    for (const name of own) rmSync(join(place, name), { force: true });
    // Another command may have left its own in the same folder.
    if (own.length === names.length) rmdirSync(place);
  }

  private async kept(what: readonly unknown[], model: Model, size: Size, ask: () => Promise<Run>): Promise<Run> {
    try {
      if (this.place === undefined) return await ask();
      const question = digest([version, what, this.digestOf(model)]);
      this.asked.add(question);
      const file = join(this.place, `${question} ${size}.run`);
      const earlier = readRun(file);
      const run = earlier ?? (await ask());
      if (earlier !== null) remark(`M = ${sizeText(size)}: found by the command that was interrupted.`);
      else if (run.cost.seconds < worthKeeping || !keep(file, run)) return run;
      this.sizes.add(size);
      return run;
    } catch (error) {
      throw error instanceof Interrupted ? new Stop(exitCode.interrupted, `Interrupted: ${this.left}`) : error;
    }
  }

  private get left(): string {
    const { sizes, place } = this;
    if (sizes.size === 0) return "nothing was written.";
    const list = [...sizes].map((size) => sizeText(size)).join(", ");
    return `M = ${list} ${sizes.size === 1 ? "is" : "are"} kept in ${place}; the same command goes on from there.`;
  }
}

/** False where the folder cannot be written to: that is said when the results are to be written. */
function keep(file: string, run: Run): boolean {
  try {
    atomicFile(file, serialize(run));
    return true;
  } catch (error) {
    if (error instanceof Stop) return false;
    throw error;
  }
}

/** Null where there is none that can be read. */
function readRun(file: string): Run | null {
  try {
    return deserialize(readFileSync(file)) as Run;
  } catch {
    return null;
  }
}

/** The same for the same numbers only. */
function digest(value: unknown): string {
  const text = JSON.stringify(value, (_, item) => {
    if (ArrayBuffer.isView(item)) return Array.from(item as Float64Array, String);
    return typeof item === "number" ? String(item) : item;
  });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
