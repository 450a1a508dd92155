/** The entry of the command line: reads which command is meant and loads only that one. */

import { Command, CommanderError } from "commander";
import { LostThreadError } from "../crew/lostThread.ts";
import { ImpossibleRunError, TooLargeError } from "../dynamics/errors.ts";
import { cannotAnswer, complain, output, sentence } from "./say.ts";
import { prepareSolver } from "./solver.ts";
import { exitCode, Stop } from "./stop.ts";
import { version } from "./version.ts";

/** Each command adds itself to the program. Loaded on demand: starting is most of what a short run takes. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  init: async () => (await import("./init.ts")).init,
  check: async () => (await import("./check.ts")).check,
  run: async () => (await import("./run.ts")).run,
  modes: async () => (await import("./modes.ts")).modes,
  correlations: async () => (await import("./correlations.ts")).correlations,
  converge: async () => (await import("./converge.ts")).converge,
  memory: async () => (await import("./memory.ts")).memory,
  spectrum: async () => (await import("./spectrum.ts")).spectrum,
  energies: async () => (await import("./energies.ts")).energies,
  compare: async () => (await import("./compare.ts")).compare,
  export: async () => (await import("./export.ts")).exportCommand,
  plot: async () => (await import("./plot.ts")).plot,
  paper: async () => (await import("./paper.ts")).paper,
};

/** These compute at once. */
const computing = ["run", "converge"];

const description = `Exact dynamics of a quantum system S coupled to M identical things, for every M up to infinity:
the reservoir becomes a few oscillators, and how far the limit M = ∞ is from a given M is computed, not assumed.`;

const examples = `
Start with:
  bosonize init model.yaml            a commented model to change into your own
  bosonize check model.yaml           what it means, and what computing it will take
  bosonize run model.yaml             ρ_S(t) for every size in it: tables, data, figures
  bosonize converge model.yaml        from which M on the limit is good enough

Each command has its own examples: bosonize run --help
Exit codes: 0 done, 1 a tolerance was not met, 2 wrong input, 3 too large for memory or time, 130 interrupted.`;

async function main(args: readonly string[]): Promise<number> {
  const wanted = args.find((arg) => !arg.startsWith("-"));
  if (wanted !== undefined && computing.includes(wanted) && !args.includes("--help")) prepareSolver();
  const program = new Command("bosonize")
    .description(description)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", examples)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ writeOut: output })
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 100, 110), sortSubcommands: false });
  const names = wanted !== undefined && Object.hasOwn(commands, wanted) ? [wanted] : Object.keys(commands);
  const versionOnly = args.length === 1 && (args[0] === "--version" || args[0] === "-V");
  for (const name of versionOnly ? [] : names) (await commands[name]())(program);
  for (const command of program.commands)
    command.showHelpAfterError(`(bosonize ${command.name()} --help shows examples)`);
  try {
    if (args.length === 0) program.help();
    program.showHelpAfterError("(bosonize --help lists the commands)");
    await program.parseAsync([...args], { from: "user" });
    return Number(process.exitCode ?? exitCode.done);
  } catch (error) {
    return explain(error);
  }
}

/** Says what ended the command, and gives the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongInput;
  if (error instanceof Stop) {
    if (error.message !== "") complain(error.message);
    return error.code;
  }
  if (error instanceof TooLargeError) {
    complain(error.message);
    return exitCode.tooLarge;
  }
  if (error instanceof ImpossibleRunError) {
    complain(error.message);
    return exitCode.wrongInput;
  }
  if (error instanceof LostThreadError) {
    complain(`Threads that compute broke, also when begun anew: ${sentence(error.message)} ${adviceFor(error)}`);
    return error.outOfMemory ? exitCode.tooLarge : exitCode.defect;
  }
  complain(`bosonize ${version} failed; this is a mistake of the program, not of your model. Please report it with:`);
  complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCode.defect;
}

function adviceFor({ outOfMemory }: LostThreadError): string {
  return outOfMemory
    ? "Fewer --threads leave each more memory; fewer or earlier times, or a larger tolerance, need less."
    : "Mostly the system has no memory left: --threads 1 and a smaller --memory need less. If there is enough, please report it.";
}

// A reader that closes the pipe early, such as head, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") complain(cannotAnswer(error));
  process.exit(error.code === "EPIPE" ? exitCode.done : exitCode.wrongInput);
});
// Where remarks cannot be written, the answer still can.
process.stderr.on("error", () => undefined);

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
