/**
 * What the peers took elsewhere: one quiet machine, one thread, milliseconds of CPU time for build + solve. Kept to carry
 * our ratio over to QuTiP 5.3.1, which Debian does not have, from QuTiP 4.7.1, which it has.
 */

export interface Published {
  /** The best of QuTiP 5.3.1's methods. */
  readonly qutip5: number;
  readonly qutip4?: number;
  readonly scipy?: number;
}

/** By `rowKey`. */
const milliseconds: Readonly<Record<string, Published>> = {
  "B1 inf 1e-6": { qutip5: 38, qutip4: 54, scipy: 12 },
  "B1 inf 1e-9": { qutip5: 66, qutip4: 117, scipy: 13 },
  "B2 inf 1e-6": { qutip5: 102, qutip4: 359, scipy: 10 },
  "B2 inf 1e-9": { qutip5: 210, qutip4: 1054, scipy: 13 },
  // HEOM is the best of its methods here.
  "B3 inf 1e-6": { qutip5: 111, qutip4: 1126, scipy: 56 },
  "B3 inf 1e-9": { qutip5: 1477, qutip4: 12002, scipy: 193 },
  "B4 inf 1e-6": { qutip5: 45, qutip4: 40, scipy: 6.5 },
  "B4 inf 1e-9": { qutip5: 38, qutip4: 61, scipy: 6.2 },
  "B5 inf 1e-6": { qutip5: 92, qutip4: 399, scipy: 6.5 },
  "B5 inf 1e-9": { qutip5: 170, qutip4: 817, scipy: 8.2 },
  "B1 10 1e-6": { qutip5: 100, scipy: 3.3 },
  "B1 20 1e-6": { qutip5: 260, scipy: 8.2 },
  "B1 50 1e-6": { qutip5: 1600, scipy: 50 },
  "B1 100 1e-6": { qutip5: 11600, scipy: 277 },
  "B2 10 1e-6": { qutip5: 100, qutip4: 230, scipy: 3.8 },
  "B2 20 1e-6": { qutip5: 490, qutip4: 1500, scipy: 8.9 },
  "B2 50 1e-6": { qutip5: 13600, qutip4: 32000, scipy: 53 },
  "B2 100 1e-6": { qutip5: 171000, scipy: 285 },
};

export function rowKey(model: string, size: number | "inf", target: number): string {
  return `${model} ${size} ${target.toExponential(0)}`;
}

export function published(key: string): Published | undefined {
  return milliseconds[key];
}

/** Ours to QuTiP 5.3.1, from ours to QuTiP 4.7.1 as measured; undefined where the two were not compared. */
export function carriedOver(key: string, ratioToQutip4: number): number | undefined {
  const known = milliseconds[key];
  return known?.qutip4 === undefined ? undefined : (ratioToQutip4 * known.qutip5) / known.qutip4;
}
