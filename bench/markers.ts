/** Parts of a document that a command writes. */

/** Puts `content` between `<!-- name -->` and `<!-- /name -->`. Throws Error if the text has no such place. */
export function betweenMarkers(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  if (from < 0 || to < from) throw new Error(`the text has no \`${open}\` followed by \`${close}\`.`);
  return `${text.slice(0, from + open.length)}\n${content.trim()}\n${text.slice(to)}`;
}

/** A table in Markdown: words on the left, the other columns on the right. */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[], words: number): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map((_, c) => (c < words ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
