/** `npm run bench -- scaling`: how the time grows with the number of modes, the cutoff, M and the number of times. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askOurs } from "./askOurs.ts";
import { betweenMarkers, markdownTable } from "./markers.ts";
import type { OursRequest } from "./ours.ts";
import type { Places } from "./places.ts";
import { processor } from "./processor.ts";

export interface ScalingOptions {
  readonly write: boolean;
  readonly json: boolean;
}

export interface ScalingPoint {
  readonly varied: "modes" | "cutoff" | "M" | "times";
  /** What it was set to. */
  readonly value: string;
  readonly seconds: number;
  readonly cost: {
    readonly modes: number;
    readonly cutoff: number;
    readonly dimension: number;
    readonly sectors: number;
  };
}

interface Setting {
  readonly varied: ScalingPoint["varied"];
  readonly value: string;
  /** A model file's name in bench/models, or its text. */
  readonly model: string;
  readonly request: Omit<OursRequest, "file" | "budget">;
}

export async function scaling(options: ScalingOptions, places: Places): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "bosonize-scaling-"));
  const points: ScalingPoint[] = [];
  try {
    for (const { varied, value, model, request } of settings()) {
      process.stderr.write(`${varied}: ${value}\n`);
      const written = join(folder, "model.yaml");
      if (model.includes("\n")) writeFileSync(written, model);
      const file = model.includes("\n") ? written : join(places.root, "bench", "models", `${model}.yaml`);
      const { seconds, cost } = askOurs(places, { ...request, file, budget: 2 });
      points.push({ varied, value, seconds, cost });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const table = scalingMarkdown(points);
  process.stdout.write(`${options.json ? JSON.stringify({ schema: "bosonize/bench-scaling@1", points }) : table}\n`);
  if (options.write) {
    const path = join(places.root, "docs", "performance.md");
    const head = `Made by \`npm run bench -- scaling --write\`: Node ${process.version.slice(1)}, on ${processor()}.`;
    writeFileSync(path, betweenMarkers(readFileSync(path, "utf8"), "bench scaling", `${head}\n\n${table}`));
  }
  return 0;
}

function settings(): Setting[] {
  const limit = { size: "inf" as const, tolerance: 1e-6 };
  return [
    ...[2, 3, 4, 5].map((levels) => ({
      varied: "modes" as const,
      value: `${levels - 1}`,
      model: coldLevels(levels),
      request: limit,
    })),
    ...[0.1, 0.2, 0.4, 0.8, 1.6].map((coupling) => ({
      varied: "cutoff" as const,
      value: `coupling ${coupling}`,
      model: coldLevels(2, coupling),
      request: limit,
    })),
    ...([10, 100, 1e3, 1e4, 1e6, 1e9, 1e12, "inf"] as const).map((size) => ({
      varied: "M" as const,
      value: size === "inf" ? "∞" : size.toExponential(0).replace("e+", "e"),
      model: "B1",
      request: { size, tolerance: 1e-6 },
    })),
    ...[2, 61, 601, 6001].map((points) => ({
      varied: "times" as const,
      value: `${points}`,
      model: "B3",
      request: { ...limit, points },
    })),
  ];
}

/** Sites that start in the lowest of some levels of incommensurate energies: a mode for each of the others. */
function coldLevels(levels: number, coupling = 0.1): string {
  const energies = Array.from({ length: levels }, (_, k) => (k === 0 ? 0 : 0.7 + 0.37 * k ** 1.3));
  const h = energies.map((energy, i) => `[${energies.map((_, j) => (i === j ? energy : 0)).join(", ")}]`);
  const v = energies.map((_, i) => `[${energies.map((_, j) => ((i === 0) === (j === 0) ? 0 : 1)).join(", ")}]`);
  return `name: ${levels} levels
system: { hamiltonian: 0.5 * sigmaz + 0.3 * sigmax, state: plus }
reservoir:
  hamiltonian: [${h.join(", ")}]
  state: basis(${levels}, 0)
couplings:
  - { system: ${coupling} * sigmax, site: [${v.join(", ")}], hc: included }
times: { from: 0, to: 20, points: 201 }
`;
}

/** Each point's time, and what it is of the point before. */
export function scalingMarkdown(points: readonly ScalingPoint[]): string {
  const rows = points.map(({ varied, value, seconds, cost }, i) => {
    const before = points[i - 1];
    return [
      varied,
      value,
      String(cost.modes),
      String(Math.round(100 * cost.cutoff) / 100),
      String(cost.dimension),
      String(cost.sectors),
      String(Number((1000 * seconds).toPrecision(3))),
      before?.varied === varied ? `${(seconds / before.seconds).toFixed(2)}` : "",
    ];
  });
  const titles = ["varied", "to", "modes", "cutoff", "dimension", "sectors", "CPU ms", "of the row before"];
  return markdownTable(titles, rows, 2);
}
