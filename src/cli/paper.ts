/** `bosonize paper`: every equation, example and claim of the paper, put to the test. */

import type { Command } from "commander";
import type { Check } from "../paper/check.ts";
import { digitsText, foundText, paperPage } from "../paper/page.ts";
import type { Section } from "../paper/section.ts";
import { sections } from "../paper/sections.ts";
import { atomicFiles } from "./atomicFile.ts";
import { place } from "./options.ts";
import { outputFolder } from "./outputFolder.ts";
import { counted } from "./quantities.ts";
import { answer, remark } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";

const help = `
Examples:
  bosonize paper                  the checks here; the page and its figures in out/paper
  bosonize paper --out docs       paper.md and a folder paper of figures in docs
  bosonize paper --json           the checks as JSON and nothing else; writes files only with --out

Ends with exit code 1 if a check fails.`;

interface Options {
  readonly out?: string;
  readonly json?: true;
}

export function paper(program: Command): void {
  program
    .command("paper")
    .summary("check every equation, example and claim of the paper")
    .description(
      "Checks every equation, example and claim of the paper that this program is built on, errata included.",
    )
    .option("-o, --out <folder>", "where to write the page and its figures (default: out/paper)", place)
    .option("--json", "print the checks as JSON and nothing else")
    .addHelpText("after", help)
    .action(action);
}

async function action(options: Options): Promise<void> {
  const folder = outputFolder("paper", options);
  const done: Section[] = [];
  for (const run of sections) {
    const section = run();
    done.push(section);
    // What is finished is shown while the rest is computed.
    if (!options.json) answer(`${report(section)}\n`);
  }
  const checks = done.flatMap((section) => section.checks);
  const failed = checks.filter(({ holds }) => !holds);
  if (options.json) answer(document(done));
  else answer(`${checks.length - failed.length} of ${counted(checks.length, "check")} hold.`);
  if (folder !== undefined) {
    const { markdown, figures } = paperPage(done);
    atomicFiles(folder, { "paper.md": markdown, ...figures });
    const say = options.json ? remark : answer;
    say(`Wrote paper.md and ${counted(Object.keys(figures).length, "figure")} in ${folder}`);
  }
  if (failed.length > 0) {
    const which = failed.map(({ id, claim }) => `${id}: ${claim}`).join("\n  ");
    throw new Stop(exitCode.toleranceNotMet, `${counted(failed.length, "check")} failed:\n  ${which}`);
  }
}

/** Three lines a check: what is claimed, who is compared with whom, what came out. */
function report({ title, checks }: Section): string {
  const blocks = checks.flatMap((one) => {
    const count = digitsText(one);
    const found = `found ${foundText(one)}, expected ${one.expected}${count === "" ? "" : `: ${count} digits`}`;
    return [
      ...wrapped(`${one.holds ? "ok   " : "FAILS"}  ${one.id}: ${one.claim}`),
      ...wrapped(`       ${one.between}`),
      `       ${found}`,
    ];
  });
  return [title, "-".repeat(title.length), ...blocks].join("\n");
}

/** Broken at blanks into lines of 100 characters; those that follow are indented. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = text.match(/^\s*/)?.[0] ?? "";
  let empty = true;
  for (const word of text.trim().split(/(?<=\S) /)) {
    if (!empty && line.length + 1 + word.length > 100) {
      lines.push(line);
      line = "         ";
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

function document(done: readonly Section[]): string {
  const plain = done.map(({ title, checks }) => ({ title, checks: checks.map(finite) }));
  const holds = done.every(({ checks }) => checks.every((one) => one.holds));
  return JSON.stringify({ schema: "bosonize/paper@1", holds, sections: plain });
}

/** JSON has no NaN: a check that measured none says null. */
function finite(one: Check): object {
  return { ...one, measure: Number.isFinite(one.measure) ? one.measure : null };
}
