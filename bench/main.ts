/** `npm run bench`: one line here for each thing that it can measure. */

import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { benchApply } from "./apply.ts";
import { certificates } from "./certificates.ts";
import { examples } from "./examples.ts";
import { parallel, usualThreads } from "./parallel.ts";
import { peers } from "./peers.ts";
import type { Places } from "./places.ts";
import { scaling } from "./scaling.ts";

/** Runs the bench and gives the exit code: 2 for wrong arguments. */
export async function main(args: readonly string[], places: Places): Promise<number> {
  let code = 0;
  const program = new Command("npm run bench --").exitOverride().helpCommand(false);
  program
    .command("examples [names...]", { isDefault: true })
    .description("stages of every example, or of those named, cold and warm (default)")
    .option("--repeat <n>", "processes for each", wholeNumber, 3)
    .option("--json", "print JSON", false)
    .action(async (names, options) => {
      code = await examples(names, options, join(places.root, "examples"), join(places.bundle, "onePass.mjs"));
    });
  program
    .command("peers [models...]")
    .description("B1-B6 against QuTiP and scipy, at equal true error")
    .option("--install", "install python3-qutip and python3-scipy by apt-get, if they are missing", false)
    .option("--python <command>", "the Python to use")
    .option("--tune", "find the peers' cutoffs and tolerances anew (takes long)", false)
    .option("--slow", "also what takes minutes", false)
    .option("--write", "put the table into docs/performance.md", false)
    .option("--json", "print JSON", false)
    .action(async (names, options) => {
      code = await peers(names, options, places);
    });
  program
    .command("apply")
    .description("the application of H against a copy in memory and against C, by one thread and by two")
    .action(async () => {
      code = await benchApply(join(places.root, "bench", "applyReference.c"), places.bundle);
    });
  program
    .command("scaling")
    .description("how the time grows with modes, cutoff, M and the number of times")
    .option("--write", "put the table into docs/performance.md", false)
    .option("--json", "print JSON", false)
    .action(async (options) => {
      code = await scaling(options, places);
    });
  program
    .command("parallel")
    .description("averages over sectors, and many sizes, by one thread and by several")
    .option("--threads <list>", "numbers of threads", wholeNumbers, usualThreads())
    .option("--repeat <n>", "times each, in turns", wholeNumber, 3)
    .option("--write", "put the table into docs/performance.md", false)
    .option("--json", "print JSON", false)
    .action(async (options) => {
      code = await parallel(options, places);
    });
  program
    .command("certificates")
    .description("proved bounds against true errors on random models, and how tight they are")
    .option("--models <n>", "how many", wholeNumber, 1000)
    .option("--write", "put table and histogram into docs/certificates.md", false)
    .option("--json", "print JSON", false)
    .action(async (options) => {
      code = await certificates(options, places);
    });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    const { exitCode, code: kind } = error as { exitCode?: number; code?: string };
    if (exitCode === undefined || !kind?.startsWith("commander.")) throw error;
    return exitCode === 0 ? 0 : 2;
  }
  return code;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}

function wholeNumbers(text: string): number[] {
  return text.split(",").map(wholeNumber);
}
