/** `bosonize init`: a commented model file to start from. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { atomicFile } from "./atomicFile.ts";
import { answer } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";

const help = `
Examples:
  bosonize init                                      writes model.yaml: one qubit and a bath of spins, commented
  bosonize init dot.yaml --example central-spin      starts from another of the example models
  bosonize init --list                               says which there are`;

interface Options {
  readonly example: string;
  readonly list?: true;
  readonly force?: true;
}

export function init(program: Command): void {
  program
    .command("init")
    .summary("write a commented model file to start from")
    .description("Writes a commented model file to start from. An existing file is left alone unless --force is given.")
    .argument("[file]", "the file to write", "model.yaml")
    .option("-e, --example <name>", "the example model to start from", "qubit")
    .option("-l, --list", "list the example models and write nothing")
    .option("-f, --force", "overwrite an existing file")
    .addHelpText("after", help)
    .action((file: string, options: Options) => {
      if (options.list) answer(listing());
      else write(file, options);
    });
}

function write(file: string, options: Options): void {
  if (existsSync(file) && !options.force) {
    throw new Stop(exitCode.wrongInput, `${file} exists. Give another name, or --force to overwrite it.`);
  }
  const name = options.example.replace(/\.ya?ml$/, "");
  if (!exampleNames().includes(name)) {
    throw new Stop(exitCode.wrongInput, `there is no example ${name}. There are:\n${listing()}`);
  }
  // The comments of an example name its own file: they should name the new one.
  const text = readFileSync(exampleFile(name), "utf8").replaceAll(`examples/${name}.yaml`, file);
  atomicFile(file, text, "Give another name.");
  answer(`Wrote ${file}. Change it into your model; then:`);
  answer(`  bosonize check ${file}      what it means, and what computing it will take`);
  answer(`  bosonize run ${file}        ρ_S(t) for every size in it`);
}

function listing(): string {
  const names = exampleNames();
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${title(name)}`).join("\n");
}

function title(name: string): string {
  return /^name: *(.*)$/m.exec(readFileSync(exampleFile(name), "utf8"))?.[1] ?? "";
}

function exampleNames(): string[] {
  return readdirSync(exampleFolder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

function exampleFile(name: string): string {
  return `${exampleFolder}${name}.yaml`;
}

/** The package's folder of examples: two up from the built command line, and from its source as well. */
const exampleFolder = fileURLToPath(new URL("../../examples/", import.meta.url));
