/** A result as one table of comma-separated values. */

import { type DocumentRun, isReal, modelName, type ResultDocument, sizeSuffix } from "./document.ts";

interface Column {
  readonly name: string;
  /** At each time; an empty cell for null. */
  readonly values: readonly (number | null)[];
}

/**
 * Lines that begin with # say what the table is; then a row of names; then a row a time, in the document's order. Columns:
 * t, and for each size M the upper triangle of ρ_S, `rho_01_re_M10`, and the observables, `sz_M10`, complex ones as
 * `…_re_M10` and `…_im_M10` (behind `observable_` where another column has that name), and `bound_M10`, what no entry of ρ_S is proved to be off by more than. Numbers have as many digits as restore them exactly.
 */
export function csv(document: ResultDocument): string {
  const columns: Column[] = [{ name: "t", values: document.times }];
  for (const run of document.runs) columns.push(...runColumns(run, `M${sizeSuffix(run.size)}`));
  if (document.meanField !== undefined) columns.push(...runColumns(document.meanField, "meanfield"));
  const lines = [
    `# ${oneLine(modelName(document))}`,
    `# bosonize ${document.reproduce.bosonize}, model ${document.reproduce.modelHash}`,
    "# t in 1/energy of the model's unit (hbar = 1); rho_ij: entry (i, j) of the state of S, counted from 0,",
    "# rho_ji its conjugate; bound: no entry is proved to be off by more;",
    "# names end in the number of sites M, Minf being the limit",
    columns.map(({ name }) => quoted(name)).join(","),
  ];
  const row = new Array<number | null>(columns.length);
  for (let t = 0; t < document.times.length; t++) {
    for (let c = 0; c < columns.length; c++) row[c] = columns[c].values[t];
    lines.push(row.join(","));
  }
  return `${lines.join("\n")}\n`;
}

function runColumns(run: DocumentRun, suffix: string): Column[] {
  const columns: Column[] = [];
  const n = run.rho[0]?.length ?? 0;
  const separator = n > 10 ? "_" : "";
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const name = `rho_${i}${separator}${j}`;
      columns.push({ name: `${name}_re_${suffix}`, values: run.rho.map((rows) => rows[i][j][0]) });
      if (i !== j) columns.push({ name: `${name}_im_${suffix}`, values: run.rho.map((rows) => rows[i][j][1]) });
    }
  }
  const { boundAt } = run.error;
  const bounds: Column[] = boundAt ? [{ name: `bound_${suffix}`, values: boundAt }] : [];
  const taken = new Set([...columns, ...bounds].map(({ name }) => name));
  for (const [listed, values] of Object.entries(run.observables)) {
    const own = isReal(values) ? [`${listed}_${suffix}`] : [`${listed}_re_${suffix}`, `${listed}_im_${suffix}`];
    const name = own.some((one) => taken.has(one)) ? `observable_${listed}` : listed;
    for (const one of own) taken.add(one);
    if (isReal(values)) {
      columns.push({ name: `${name}_${suffix}`, values });
      continue;
    }
    columns.push({ name: `${name}_re_${suffix}`, values: values.map(([re]) => re) });
    columns.push({ name: `${name}_im_${suffix}`, values: values.map(([, im]) => im) });
  }
  return [...columns, ...bounds];
}

/** As RFC 4180 has it: names with commas, quotes or line breaks in quotes. */
function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
