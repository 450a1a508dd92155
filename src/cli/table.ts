/** Tables of text, columns aligned. */

export interface Column {
  readonly title: string;
  /** Numbers are aligned at the right (the default), words at the left. */
  readonly align?: "left" | "right";
}

/** A table with a line under its titles, indented by two blanks; one string per row and column. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, c) => Math.max(width(column.title), ...rows.map((row) => width(row[c] ?? ""))));
  const line = (cells: readonly string[]): string => {
    const padded = columns.map((column, c) => {
      const cell = cells[c] ?? "";
      const gap = " ".repeat(widths[c] - width(cell));
      return column.align === "left" ? cell + gap : gap + cell;
    });
    return `  ${padded.join("  ")}`.trimEnd();
  };
  return [
    line(columns.map((column) => column.title)),
    `  ${widths.map((w) => "-".repeat(w)).join("  ")}`,
    ...rows.map(line),
  ].join("\n");
}

/** Characters seen: a combining mark takes no place. */
function width(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length;
}
