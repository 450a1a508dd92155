import { describe, expect, it } from "vitest";
import { type PeersDocument, peersMarkdown } from "../../bench/peersTable.ts";
import { type PeerTime, peerNames, type Row, type Skipped } from "../../bench/row.ts";

const skipped: Skipped = { skipped: "not here" };

function timed(seconds: number): PeerTime {
  return { way: "sesolve", parameters: {}, error: 9e-7, seconds, repeats: 5 };
}

function row(size: number | "inf", seconds: number, error: number, qutip: PeerTime | Skipped): Row {
  return {
    model: "B1",
    size,
    target: 1e-6,
    ours: {
      cold: 10 * seconds,
      seconds,
      repeats: 5,
      estimate: 1e-7,
      bound: null,
      converged: true,
      path: "",
      cost: { modes: 1, cutoff: 9, dimension: 20, sectors: 1, applications: 0, seconds },
      error,
    },
    reference: { how: "", uncertainty: 1e-13 },
    peers: {
      "scipy plain": skipped,
      "scipy polished": timed(0.5 * seconds),
      "scipy cut": skipped,
      QuTiP: qutip,
      "QuTiP HEOM": skipped,
    },
  };
}

function markdown(...rows: Row[]): string {
  const document: PeersDocument = {
    schema: "bosonize/bench-peers@1",
    date: "2026-01-02",
    runtime: "Node 1",
    processor: "an abacus",
    versions: { python: "3", numpy: "1", scipy: "2" },
    rows,
  };
  return peersMarkdown(document);
}

/** Cells of the first line that starts with a model, in the n-th table. */
function cells(text: string, table: number): string[] {
  const line = text
    .split("\n\n")
    .filter((part) => part.startsWith("| model"))
    [table].split("\n")[2];
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe("the comparison as a table", () => {
  it("divides the peer's time by ours, and carries QuTiP's over", () => {
    const [, , , qutip5, , polished, , qutip4] = cells(markdown(row("inf", 0.002, 1e-8, timed(0.108))), 0);
    expect(qutip4).toBe("54");
    expect(qutip5).toBe("38");
    expect(polished).toBe("0.50");
  });

  it("says what was skipped and why", () => {
    const text = markdown(row("inf", 0.002, 1e-8, skipped));
    expect(cells(text, 0)[7]).toBe("–");
    expect(text).toContain("QuTiP, skipped (not here): B1 1e-6.");
    expect(text).toContain("no QuTiP 4");
  });

  it("gives no ratio where we miss the target, and says so", () => {
    const text = markdown(row("inf", 0.002, 1.8e-6, timed(0.1)));
    expect(cells(text, 0).slice(3)).toEqual(Array(1 + peerNames.length).fill("–"));
    expect(cells(text, 1)[5]).toBe("**missed: 1.8e-6**");
  });

  it("compares sizes among each other", () => {
    const text = markdown(
      row("inf", 0.002, 1e-8, skipped),
      row(100, 0.008, 1e-8, skipped),
      row(1e9, 0.012, 1e-8, skipped),
    );
    expect(text).toContain("ratio of times of M = 1e9 to M = 100: 1.5, of M = 100 to ∞: 4.0.");
  });
});
