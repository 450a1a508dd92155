/** Options that several commands share, and what their values mean. */

import { availableParallelism, totalmem } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { formChoices } from "../model/spec.ts";

/** `--sizes 10,100,inf`: kept as written; the model's validation judges each. */
export function sizesOption(): Option {
  return new Option("-s, --sizes <list>", "sizes M instead of the model's, such as 10,1e6,inf").argParser(sizeList);
}

/** `--times 0:60:601` or `--times=-1,0,0.5`. */
export function timesOption(): Option {
  return new Option("-t, --times <times>", "times instead of the model's: from:to:points, or a list 0,0.5,2").argParser(
    timeList,
  );
}

export function toleranceOption(): Option {
  return new Option("--tolerance <x>", "accuracy of every entry of ρ_S(t) instead of the model's").argParser(number);
}

export function formOption(): Option {
  return new Option("--form <form>", "form of F in which the limit is run, instead of the model's").choices(
    formChoices,
  );
}

/** `--memory 2GB`, in bytes. */
export function memoryOption(): Option {
  const usual = Math.min(4e9, 0.7 * totalmem());
  return new Option("--memory <size>", "refuse what needs more than this, such as 500MB or 8GB")
    .argParser(bytes)
    .default(usual, `${(usual / 1e9).toPrecision(2)}GB here`);
}

/** `--threads 2`. What is computed does not depend on it. */
export function threadsOption(): Option {
  const usual = availableParallelism();
  return new Option("--threads <n>", "threads that share what takes long; 1: none is shared")
    .argParser(wholeNumber)
    .default(usual, `${usual} here`);
}

export function themeOption(): Option {
  return new Option("--theme <theme>", "colours of the figures").choices(["light", "dark", "both"]).default("light");
}

/** Where the answer of a command that computes something goes: files, JSON, figures; and how much it says on the way. */
export function outputOptions(usual = "<name of the model file>"): readonly Option[] {
  return [
    new Option("-o, --out <folder>", `where to write (default: out/${usual})`).argParser(place),
    new Option("--json", "print the result as JSON and nothing else; writes files only with --out"),
    new Option("--no-figures", "write data only"),
    themeOption(),
    new Option("-q, --quiet", "no progress and no remarks"),
  ];
}

/** Adds several options to a command, in their order. */
export function withOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

export function sizeList(text: string): (number | string)[] {
  const items = text.split(",").map((item) => item.trim());
  for (const item of items) {
    if (!/^(inf|infinity|∞)$/i.test(item) && !(Number(item) >= 1)) {
      throw new InvalidArgumentError(`A size is a whole number from 1, or inf, but one is "${item}".`);
    }
  }
  return items.map((item) => (/^(inf|infinity|∞)$/i.test(item) ? "inf" : Number(item)));
}

export function timeList(text: string): number[] | { from: number; to: number; points: number } {
  const range = text.split(":");
  if (range.length === 3) {
    const [from, to, points] = range.map(number);
    return { from, to, points };
  }
  if (range.length !== 1) throw new InvalidArgumentError("Expected from:to:points, such as 0:60:601, or a list.");
  return text.split(",").map(number);
}

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is not a number.`);
  return value;
}

export function positive(text: string): number {
  const value = number(text);
  if (!(value > 0)) throw new InvalidArgumentError(`"${text}" is not a number above 0.`);
  return value;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1))
    throw new InvalidArgumentError(`"${text}" is not a whole number from 1.`);
  return value;
}

/** A file or folder to write to. */
export function place(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Expected a name.");
  return text;
}

export function numberList(text: string): number[] {
  return text.split(",").map(number);
}

/** No run takes less: who writes fewer bytes without a unit meant another one. */
const fewestBytes = 1e6;

export function bytes(text: string): number {
  const match = /^\s*([\d.]+(?:e\d+)?)\s*([kMGT]?)i?(B?)\s*$/i.exec(text);
  if (match === null) throw new InvalidArgumentError("Expected a size of memory such as 500MB or 2GB.");
  const [, number, prefix, unit] = match;
  const value = Number(number) * 1000 ** ["", "K", "M", "G", "T"].indexOf(prefix.toUpperCase());
  if (!(value > 0)) throw new InvalidArgumentError("Expected a size of memory such as 500MB or 2GB.");
  if (prefix + unit === "" && value < fewestBytes) {
    throw new InvalidArgumentError(
      `"${text}" would be bytes, fewer than any run takes. Write a unit, such as ${text}GB.`,
    );
  }
  return value;
}
