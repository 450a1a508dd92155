import { expect, test } from "vitest";
import { csv } from "../../src/io/csv.ts";
import type { ComplexPair } from "../../src/io/document.ts";
import { makeDocument } from "../figures/documents.ts";

/** Comments, names, and the numbers of each column. */
function read(text: string) {
  const lines = text.trimEnd().split("\n");
  const comments = lines.filter((line) => line.startsWith("#"));
  const [header, ...rows] = lines.slice(comments.length).map((line) => line.split(","));
  const columns = header.map((name, c) => [name, rows.map((row) => Number(row[c]))] as const);
  return { comments, header, rows, column: Object.fromEntries(columns) };
}

test("every value is restored exactly, in the columns that the header names", async () => {
  const document = await makeDocument({ times: [0, 0.1 + 0.2, -2], sizes: [10, Number.POSITIVE_INFINITY] });
  const { header, rows, column } = read(csv(document));
  expect(header).toEqual([
    "t",
    ...["M10", "Minf"].flatMap((m) => [
      ...[
        "rho_00_re",
        "rho_01_re",
        "rho_01_im",
        "rho_11_re",
        "sz",
        "coherence_re",
        "coherence_im",
        "purity",
        "bound",
      ].map((name) => `${name}_${m}`),
    ]),
  ]);
  expect(rows.every((row) => row.length === header.length)).toBe(true);
  expect(column.t).toEqual(document.times);
  for (const [r, m] of [
    [0, "M10"],
    [1, "Minf"],
  ] as const) {
    const { rho, observables } = document.runs[r];
    expect(column[`rho_11_re_${m}`]).toEqual(rho.map((at) => at[1][1][0]));
    expect(column[`rho_01_re_${m}`].every((x, t) => x === rho[t][0][1][0])).toBe(true);
    expect(column[`rho_01_im_${m}`].every((x, t) => x === rho[t][0][1][1])).toBe(true);
    expect(column[`sz_${m}`]).toEqual(observables.sz);
    expect(column[`bound_${m}`]).toEqual(document.times.map((t) => 2e-8 * Math.abs(t)));
    expect(column[`coherence_im_${m}`].every((x, t) => x === (observables.coherence[t] as ComplexPair)[1])).toBe(true);
  }
});

test("the comment lines give the model and the unit of time", async () => {
  const { comments } = read(csv(await makeDocument({ name: "spins\nand more", times: [0] })));
  expect(comments[0]).toBe("# spins and more");
  expect(comments[1]).toMatch(/^# bosonize 0\.1\.0, model [0-9a-f]{64}$/);
  expect(comments[2]).toContain("t in 1/energy");
});

test("a name with a comma or a quote is quoted", async () => {
  const document = await makeDocument({ times: [0], sizes: [10] });
  const [run] = document.runs;
  const named = { ...run, observables: { 'spin "a", up': [0.5] } };
  const header = csv({ ...document, runs: [named] })
    .split("\n")
    .find((line) => line.startsWith("t,"));
  expect(header).toMatch(/,"spin ""a"", up_M10",bound_M10$/);
});

test("where nothing is proved a cell is empty, and there is no column if nothing is proved at any time", async () => {
  const document = await makeDocument({ times: [0, 1], sizes: [10, 20] });
  const [one, other] = document.runs;
  const runs = [
    { ...one, error: { ...one.error, boundAt: [1e-9, null] } },
    { ...other, error: { ...other.error, boundAt: null } },
  ];
  const { header, rows } = read(csv({ ...document, runs }));
  expect(rows.map((row) => row[header.indexOf("bound_M10")])).toEqual(["1e-9", ""]);
  expect(header).not.toContain("bound_M20");
});

test("the mean-field run has its own columns", async () => {
  const document = await makeDocument({ times: [0, 1], sizes: [10], meanField: true });
  expect(read(csv(document)).column.sz_meanfield).toEqual(document.meanField?.observables.sz);
});

test("no two columns have the same name, whatever observables are called", async () => {
  const document = await makeDocument({ times: [0], sizes: [10] });
  const [run] = document.runs;
  const pair: ComplexPair[] = [[1, 2]];
  const observables = { bound: [3], rho_01_re: [4], a_re: [5], a: pair, plain: [6] };
  const { header, column } = read(csv({ ...document, runs: [{ ...run, observables }] }));
  expect(new Set(header).size).toBe(header.length);
  expect(column.observable_bound_M10).toEqual([3]);
  expect(column.observable_rho_01_re_M10).toEqual([4]);
  expect([column.a_re_M10, column.observable_a_re_M10, column.observable_a_im_M10]).toEqual([[5], [1], [2]]);
  expect(column.plain_M10).toEqual([6]);
  expect(column.rho_01_re_M10).toEqual([run.rho[0][0][1][0]]);
});
