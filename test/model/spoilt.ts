import { expect } from "vitest";
import { type LocatedIssue, readModel } from "../../src/model/read.ts";

/** A model file that is right. */
export const yaml = `name: qubit
system:
  dims: 2
  hamiltonian: 0.5 * sigmaz
  state: plus
reservoir:
  dims: 2
  hamiltonian: proj(up)
  state: 0.7 * proj(down) + 0.3 * proj(up)
couplings:
  - { system: 0.15 * sigmam, site: sigmap }
times: { from: 0, to: 60, points: 7 }
sizes: [10, 1e9, inf]
observe: { sz: sigmaz, purity: purity() }
tolerance: 1e-8
`;

/** What is wrong with the same file when a piece of it is put in another way. */
export function spoilt(line: string, instead: string): readonly LocatedIssue[] {
  expect(yaml).toContain(line);
  return readModel(yaml.replace(line, instead), "q.yaml").issues;
}

/** What the caret underlines. */
export function marked({ source, column, length }: LocatedIssue): string {
  return source.slice(column - 1, column - 1 + length);
}
