/** The parts of the documentation that are made from the code: `npm run docs` writes them, a test holds them equal. */

import { functions } from "./functions.ts";
import { measures } from "./measures.ts";
import { operators } from "./operators.ts";
import { modelJsonSchema } from "./schema.ts";
import { states } from "./states.ts";

/** Between these two lines of docs/model-file.md stands the table of names. */
export const tableMarks = { begin: "<!-- names: begin -->", end: "<!-- names: end -->" } as const;

/** `schema`: docs/model-file.schema.json; `table`: the names, in Markdown, for docs/model-file.md. */
export function modelFileDocs(): { schema: string; table: string } {
  const schema = `${JSON.stringify(modelJsonSchema(), null, 2)}\n`;
  const groups: [string, readonly Row[]][] = [
    ["Operators", operators],
    ["Kets and states", states],
    ["Constants and functions", functions],
    ["Measures, for `observe` only", measures],
  ];
  return { schema, table: groups.map(([title, rows]) => table(title, rows)).join("\n\n") };
}

/** docs/model-file.md with its table made anew. Throws Error if the marks are not there. */
export function withTable(page: string, table: string): string {
  const begin = page.indexOf(tableMarks.begin);
  const end = page.indexOf(tableMarks.end);
  if (begin < 0 || end < begin)
    throw new Error(`the page must have the lines ${tableMarks.begin} and ${tableMarks.end}`);
  return `${page.slice(0, begin + tableMarks.begin.length)}\n\n${table}\n\n${page.slice(end)}`;
}

interface Row {
  readonly usage: string;
  readonly meaning: string;
  readonly aliases?: readonly string[];
}

function table(title: string, rows: readonly Row[]): string {
  const cells = rows.map(({ usage, meaning, aliases = [] }): readonly [string, string] => {
    const ways = usage.split(" or ").map(code).join(" or ");
    const also = aliases.length > 0 ? ` (also ${aliases.map(code).join(", ")})` : "";
    // A bar would end the cell, in code as well.
    return [ways, `${meaning}${also}`.replaceAll("|", "\\|")];
  });
  // Columns of equal width, as the formatter wants them.
  const all = [["name", "meaning"], ...cells];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, k) => cell.padEnd(widths[k])).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [`**${title}**`, "", line(all[0]), line(rule), ...cells.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
