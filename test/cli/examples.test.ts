import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readDocument } from "../../src/io/readDocument.ts";
import { bosonize, examples } from "./commandLine.ts";

const names = readdirSync(examples).filter((name) => name.endsWith(".yaml"));

test.each(names)("%s means what it says: no warning, a prediction that fits", async (name) => {
  expect(await bosonize(["check", `${examples}${name}`])).toMatchObject({ code: 0, stderr: "" });
});

test.each(names)("%s runs in under 10 s, to its tolerance, and every ρ_S(t) is a state", async (name) => {
  const { code, stdout, stderr } = await bosonize(["run", `${examples}${name}`, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const document = readDocument(stdout);
  const seconds = document.runs.reduce((sum, { cost }) => sum + cost.seconds, 0);
  expect(seconds).toBeLessThan(10);
  for (const { rho, error } of document.runs) {
    expect(error.estimate).toBeLessThanOrEqual(error.tolerance);
    const allowed = 10 * error.tolerance;
    for (const rows of rho) {
      const trace = rows.reduce((sum, row, i) => sum + row[i][0], 0);
      expect(Math.abs(trace - 1)).toBeLessThan(allowed);
      rows.forEach((row, i) => {
        expect(row[i][0]).toBeGreaterThan(-allowed);
        row.forEach(([re, im], j) => {
          // Hermitian, and |ρ_ij|² ≤ ρ_ii ρ_jj.
          expect(Math.hypot(re - rows[j][i][0], im + rows[j][i][1])).toBeLessThan(allowed);
          expect(re ** 2 + im ** 2).toBeLessThan(row[i][0] * rows[j][j][0] + allowed);
        });
      });
    }
  }
});
