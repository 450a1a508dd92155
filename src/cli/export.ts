/** `bosonize export`: F for other solvers, as a script that checks itself. */

import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Progress } from "../dynamics/run.ts";
import { describeReservoir } from "../handover/describe.ts";
import { type Handover, type HandoverForm, type HandoverProgress, RefusedHandoverError } from "../handover/handover.ts";
import { eigenstates, type HandoverOptions, handedSystem, handover, hierarchyHandover } from "../handover/prepare.ts";
import { aceScript } from "../io/export/ace.ts";
import { dynamiqsScript } from "../io/export/dynamiqs.ts";
import { reservoirJson } from "../io/export/json.ts";
import { quantumOpticsScript } from "../io/export/quantumOptics.ts";
import { quantumToolboxScript } from "../io/export/quantumToolbox.ts";
import { qutipScript } from "../io/export/qutip.ts";
import { qutipHeomScript } from "../io/export/qutipHeom.ts";
import type { Model } from "../model/types.ts";
import { atomicFile, requireFolder } from "./atomicFile.ts";
import { loadModel } from "./loadModel.ts";
import { number, place, timesOption } from "./options.ts";
import { progressDisplay } from "./progress.ts";
import { counted, duration, magnitude } from "./quantities.ts";
import { answer, remark, setQuiet } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";
import { version } from "./version.ts";

export const exportTargets = [
  "qutip",
  "qutip-heom",
  "quantumtoolbox",
  "quantumoptics",
  "dynamiqs",
  "ace",
  "json",
] as const;

export type ExportTarget = (typeof exportTargets)[number];

const help = `
What is written is the limit M = ∞: S, the oscillators of the fluctuation reservoir F with as many Fock states as they need,
the average over the static field, and ρ_S(t) as bosonize computed it. The script prints the largest difference from that
ρ_S(t), and fails if it is above the tolerance. What would come out wrong in a solver is refused, with the reason.

  qutip            Python, QuTiP 4.7 or 5: sesolve, or mesolve with --form thermal
  qutip-heom       Python, QuTiP 4.7 or 5: hierarchical equations of motion; only couplings with Hermitian operators
  quantumtoolbox   Julia, QuantumToolbox.jl
  quantumoptics    Julia, QuantumOptics.jl
  dynamiqs         Python, dynamiqs 0.3.3 or newer
  ace              Python that writes and runs parameter files of ACE (process tensors)
  json             F in all forms, J_ω and ρ_S(t) as data; docs/export.md describes it

Examples:
  bosonize export model.yaml --to qutip > model.py                 then: python3 model.py
  bosonize export model.yaml --to qutip --form thermal             one thermal oscillator instead of two in the vacuum
  bosonize export model.yaml --to quantumtoolbox --out model.jl    then: julia model.jl
  bosonize export model.yaml --to dynamiqs --tolerance 1e-4        a coarser comparison, fewer Fock states
  bosonize export model.yaml --to qutip --times 0:20:41            other times than the model's
  bosonize export model.yaml --to json --out F.json                for a program of your own`;

interface Options {
  readonly to: ExportTarget;
  readonly form?: HandoverForm;
  readonly size?: string;
  readonly out?: string;
  readonly times?: readonly number[] | { from: number; to: number; points: number };
  readonly tolerance?: number;
  readonly points: number;
  readonly states: number;
  readonly reference: boolean;
  readonly quiet?: true;
}

const elsewhere = "--out FILE chooses another place.";

/** The name avoids the keyword. */
export function exportCommand(program: Command): void {
  program
    .command("export")
    .summary("write F for another solver: QuTiP, QuantumToolbox, QuantumOptics, dynamiqs, ACE, JSON")
    .description("Writes the fluctuation reservoir F and S for another solver, as a script that checks itself.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .addOption(new Option("--to <solver>", "for which solver").choices(exportTargets).makeOptionMandatory())
    .addOption(
      new Option("--form <form>", "which oscillators (default: minimal)").choices(["minimal", "thermal", "standard"]),
    )
    .option("-o, --out <file>", "where to write (default: standard output)", place)
    .addOption(timesOption())
    .option(
      "--tolerance <x>",
      "how far the script may be from bosonize (default: 1e-6, or the model's if larger)",
      tolerance,
    )
    .option("--points <n>", "compare at so many times at most", wholeNumber, 60)
    .option("--states <n>", "refuse what needs more joint states, or unknowns of a hierarchy", wholeNumber, 40_000)
    .option("--size <M>", "only inf: F is the limit")
    .option("--no-reference", "with --to json: leave out ρ_S(t), and do not compute it")
    .option("-q, --quiet", "no remarks")
    .addHelpText("after", help)
    .action(action);
}

async function action(file: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  requireSense(options);
  const { model } = await loadModel(file, {
    sizes: ["inf"],
    ...(options.times !== undefined && { times: options.times }),
  });
  if (options.out !== undefined) requireFolder(dirname(options.out), elsewhere);
  const text = write(model, options);
  if (options.out === undefined) {
    answer(text.trimEnd());
    return;
  }
  atomicFile(options.out, text, elsewhere);
  answer(`Wrote ${options.out}.${commandFor(options.to, options.out)}`);
}

function requireSense({ to, form, size, reference }: Options): void {
  if (size !== undefined && !/^(inf|infinity|∞)$/i.test(size)) {
    throw new Stop(
      exitCode.wrongInput,
      `--size ${size}: only the limit M = ∞ is a system of a few oscillators in a fixed state. At finite M their couplings depend on ` +
        "how many quanta there are, and ρ_S(t) is an average over the numbers of sites in each level; other solvers have no " +
        "such thing. `bosonize converge` says from which M on the limit will do.",
    );
  }
  if (form !== undefined && (to === "json" || to === "qutip-heom")) {
    const why = to === "json" ? "has all forms" : "uses correlation functions, which are the same for all forms";
    throw new Stop(exitCode.wrongInput, `--form does not go with --to ${to}, which ${why}.`);
  }
  if (!reference && to !== "json") {
    throw new Stop(exitCode.wrongInput, `--no-reference goes with --to json only: a script has to check itself.`);
  }
}

/** Milliseconds for which a line of progress stands, at least. */
const betweenLines = 100;

/** Shows on standard error where it stands, unless it is to be quiet. */
function progressOf({ quiet }: Options) {
  const display = progressDisplay();
  const began = performance.now();
  let last = began;
  const seldom = (tell: (seconds: number) => void) => {
    const now = performance.now();
    if (quiet === true || now - last < betweenLines) return;
    last = now;
    tell((now - began) / 1000);
  };
  return {
    clear: display.clear,
    onRun: (progress: Progress) => seldom(() => display.show(progress)),
    onProgress: ({ doing, done, total }: HandoverProgress) =>
      seldom((seconds) =>
        display.tell(`trying ${doing}: ${Math.floor((100 * done) / total)} %, ${duration(seconds)}`, seconds),
      ),
  };
}

function write(model: Model, options: Options): string {
  const { clear, ...told } = progressOf(options);
  const wanted: HandoverOptions = {
    ...told,
    form: options.form ?? "minimal",
    tolerance: options.tolerance ?? Math.max(options.to === "ace" ? 1e-3 : 1e-6, model.tolerance),
    mostStates: options.states,
    mostTimes: options.points,
    version,
  };
  try {
    return scriptFor(model, options, wanted);
  } catch (error) {
    if (!(error instanceof RefusedHandoverError)) throw error;
    throw new Stop(error.tooLarge ? exitCode.tooLarge : exitCode.wrongInput, `--to ${options.to}: ${error.message}`);
  } finally {
    clear();
  }
}

function scriptFor(model: Model, options: Options, wanted: HandoverOptions): string {
  switch (options.to) {
    case "json": {
      const { name, system } = model;
      const reference = options.reference ? handedSystem(model, wanted) : null;
      return reservoirJson({ ...describeReservoir(model), system: { name, version, ...system }, reference });
    }
    case "qutip-heom": {
      const f = hierarchyHandover(model, wanted);
      remark(`${counted(f.baths.length, "bath")}, depth ${f.depth}: within ${magnitude(f.deviation)} of ρ_S(t).`);
      return qutipHeomScript(f);
    }
    case "qutip": {
      const f = told(handover(model, wanted));
      return qutipScript(f, eigenstates(f.state));
    }
    case "quantumtoolbox": {
      const f = told(handover(model, wanted));
      return quantumToolboxScript(f, eigenstates(f.state));
    }
    case "quantumoptics": {
      const f = told(handover(model, wanted));
      return quantumOpticsScript(f, eigenstates(f.state));
    }
    case "dynamiqs": {
      const f = told(handover(model, wanted));
      return dynamiqsScript(f, eigenstates(f.state));
    }
    case "ace":
      return aceScript(told(handover(model, wanted, "grid")));
  }
}

/** Says which cut-offs were found. */
function told(f: Handover): Handover {
  const levels = f.modes.map(({ levels }) => levels).join(" × ");
  const fields =
    f.field.length === 0 ? "" : `, ${f.field.map(({ nodes }) => nodes).join(" × ")} values of the static field`;
  remark(
    `${counted(f.modes.length, "oscillator")}${levels === "" ? "" : ` with ${levels} Fock states`}${fields}: within ` +
      `${magnitude(f.deviation)} of ρ_S(t).${f.timesRemark === "" ? "" : ` Compared at ${f.timesRemark}.`}`,
  );
  return f;
}

function commandFor(to: ExportTarget, file: string): string {
  if (to === "json") return "";
  const program = to === "quantumtoolbox" || to === "quantumoptics" ? "julia" : "python3";
  return ` Run it: ${program} ${file}`;
}

/** More than a model may ask for would compare nothing. */
function tolerance(text: string): number {
  const value = number(text);
  if (!(value > 0 && value <= 0.1))
    throw new InvalidArgumentError(`Expected a number above 0, up to 0.1, not ${text}.`);
  return value;
}

function wholeNumber(text: string): number {
  const value = number(text);
  if (!(Number.isInteger(value) && value >= 2)) {
    throw new InvalidArgumentError(`Expected a whole number of at least 2, not ${text}.`);
  }
  return value;
}
