/** The page a referee would read: all checks in tables, with the figures. */

import { type Check, digits, numberText } from "./check.ts";
import type { PaperFigure, Section } from "./section.ts";

export interface PaperPage {
  /** docs/paper.md. */
  readonly markdown: string;
  /** SVG by path, relative to the page: paper/qubit.svg, paper/qubit-dark.svg. */
  readonly figures: Readonly<Record<string, string>>;
}

/** The page and its figures, each in light and dark. It names no machine, no time and no last digits. */
export function paperPage(sections: readonly Section[]): PaperPage {
  const drawn = sections.flatMap(({ figures }) => figures);
  return {
    markdown: `${[head(sections), ...sections.map(sectionText), foot].join("\n\n")}\n`,
    figures: Object.fromEntries(
      drawn.flatMap(({ name, draw }) => [
        [`paper/${name}.svg`, draw("light").svg],
        [`paper/${name}-dark.svg`, draw("dark").svg],
      ]),
    ),
  };
}

function head(sections: readonly Section[]): string {
  const checks = sections.flatMap((section) => section.checks);
  const failed = checks.filter(({ holds }) => !holds).length;
  const verdict = failed === 0 ? "All hold." : `${failed} do not hold.`;
  return `# The paper, checked

<!-- Written by \`bosonize paper --out docs\`: change the checks, not this page. -->

M. Fantechi and M. Merkli, *Bosonization of Noise Effects in Nonlocal Quantum Dynamics*, Phys. Rev. Lett. 136, 060402 (2026),
[doi:10.1103/PhysRevLett.136.060402](https://doi.org/10.1103/PhysRevLett.136.060402): every numbered equation, every example
and every claim that a computer can put to the test, as ${checks.length} checks that have been run. ${verdict}
Ten misprints and slips were found on the way; each is shown with what it is off by ([Errata](#errata)).

"Program" is what \`bosonize run\` does. It is compared with things that share no code with it but matrix algebra: the whole
tensor product as a matrix, oscillators as matrices in Fock space, formulas of the paper evaluated as they stand. ħ = 1. Where two sides
are compared, *found* is the largest difference of any entry at any time, rounded, and *digits* is how many decimals agree
(16 is all that double precision has).

${contents(sections)}`;
}

function contents(sections: readonly Section[]): string {
  const lines = sections.map(({ title, checks }) => {
    const held = checks.filter(({ holds }) => holds).length;
    return `| [${title}](#${anchor(title)}) | ${held} of ${checks.length} |`;
  });
  return ["| section | checks that hold |", "| --- | --- |", ...lines].join("\n");
}

/** As GitHub makes them: lower case, blanks to hyphens, letters, digits and hyphens kept. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .replaceAll(" ", "-");
}

const foot = `## How to run this again

\`bosonize paper\` prints these tables and writes this page with its figures; it ends with exit code 1 if a check fails. The
errata are numbered as in the table above; a check of an erratum comes in two halves, of which the first must fail to agree
and the second must agree.`;

function sectionText({ title, introduction, checks, figures }: Section): string {
  return [`## ${title}`, introduction, checkTable(checks), ...figures.map(figureText)].join("\n\n");
}

function checkTable(checks: readonly Check[]): string {
  const rows = checks.map((one) => {
    const note = one.note === undefined ? "" : ` (${one.note})`;
    const cells = [one.id, one.claim, one.between + note, foundText(one), one.expected, digitsText(one)];
    return `| ${cells.map(cell).join(" | ")} | ${verdict(one)} |`;
  });
  return [
    "| | claim | between | found | expected | digits | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** A bar would end the cell; what looks like markup is not meant so. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*").replaceAll("_", "\\_").replaceAll("<", "&lt;");
}

/** The measured number with its unit, without digits that depend on the machine. */
export function foundText(one: Check): string {
  const value = numberText(one.measure);
  return digits(one) === null ? `${value} (${one.unit})` : value;
}

export function digitsText(one: Check): string {
  const count = digits(one);
  return count === null ? "" : String(count);
}

function verdict({ holds }: Check): string {
  return holds ? "holds" : "**FAILS**";
}

function figureText({ name, caption }: PaperFigure): string {
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="paper/${name}-dark.svg">
  <img src="paper/${name}.svg" alt="${caption.replaceAll('"', "&quot;")}" width="720">
</picture>

*${caption.replaceAll("*", "\\*").replaceAll("_", "\\_")}*`;
}
