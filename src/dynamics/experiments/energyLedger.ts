/** What is done to the energy of S and its reservoir from outside, along a way: work of drives and pulses, decay. */

import { primitive } from "../../algebra/primitive.ts";
import { spanOf } from "../../algebra/timeParts.ts";
import { envelopeAt, envelopeSeries } from "../../model/envelope.ts";
import { envelopeWalk } from "../../model/envelopeRemainder.ts";
import type { Drive } from "../../model/types.ts";
import type { Piece } from "../controlled/schedule.ts";
import type { Window } from "../controlled/taylorWindows.ts";

/** Σ_j f_j ⟨A_j⟩ is the energy of the drives; the rest has been done since the way began. */
export interface Entry {
  readonly driven: number;
  /** ∫ ⟨∂_t H⟩ dt, jumps of the drives with it. */
  readonly work: number;
  /** Σ of what ⟨H⟩ jumps by at pulses. */
  readonly pulses: number;
  /** ∫ tr(H D[ρ]) dt. */
  readonly decay: number;
}

/** Means of A_j, the drives' operators, in one state. */
type Means = readonly number[];

/** Kept from the beginning of a way, always in the order in which things happen on it. */
export class EnergyLedger {
  private readonly drives: readonly Drive[];
  /** Where the piece lies whose smooth functions the f_j are just now. */
  private inside = 0;
  private work = 0;
  private decay = 0;
  private pulses = 0;
  private window: {
    readonly from: number;
    readonly unit: number;
    readonly end: number;
    readonly work: (x: number) => number;
    readonly decay: (x: number) => number;
  } | null = null;

  constructor(drives: readonly Drive[]) {
    this.drives = drives;
  }

  /** A piece begins: the drives may jump there. */
  begin({ from, to }: Piece, means: Means): void {
    this.closeWindow();
    const before = this.drives.map(({ envelope }) => envelopeAt(envelope, from, this.inside));
    this.inside = 0.5 * (from + to);
    this.drives.forEach(({ envelope }, j) => {
      this.work += (envelopeAt(envelope, from, this.inside) - before[j]) * means[j];
    });
  }

  /**
   * A window begins. `means` gives ⟨A_j⟩ at x units from its beginning; `lost` those of D†[H] and D†[A_j], if there is
   * decay.
   */
  enter({ from, unit, end }: Window, means: (x: number) => Means, lost: ((x: number) => Means) | null): void {
    this.closeWindow();
    const { drives, inside } = this;
    const power = (x: number) => {
      if (drives.length === 0) return 0;
      const at = means(x);
      return drives.reduce(
        (sum, { envelope }, j) => sum + at[j] * envelopeSeries(envelope, from + x * unit, 2, inside)[1],
        0,
      );
    };
    const rate = (x: number) => {
      const [whole, ...each] = lost?.(x) ?? [0];
      return drives.reduce(
        (sum, { envelope }, j) => sum + (each[j] ?? 0) * envelopeAt(envelope, from + x * unit, inside),
        whole,
      );
    };
    const nothing = () => 0;
    this.window = {
      ...{ from, unit, end },
      work: drives.length === 0 ? nothing : primitive(power, end),
      decay: lost === null ? nothing : primitive(rate, end),
    };
  }

  /** A pulse, with the energy of S (drives left out) and of the interaction before and after it. */
  kick(at: number, before: number, after: number, meansBefore: Means, meansAfter: Means): void {
    this.closeWindow();
    this.pulses += after - before;
    this.drives.forEach(({ envelope }, j) => {
      this.pulses += envelopeAt(envelope, at, this.inside) * (meansAfter[j] - meansBefore[j]);
    });
  }

  /** Σ_j ‖A_j‖ |f_j(t)| at such a time, from the norms of the A_j. */
  driveAt(t: number, norms: readonly number[]): number {
    const { drives, inside } = this;
    return drives.reduce((sum, { envelope }, j) => sum + norms[j] * Math.abs(envelopeAt(envelope, t, inside)), 0);
  }

  /** What stands in it at a time of the window, or piece, that was begun last. */
  at(t: number, means: Means): Entry {
    const { window, drives, inside, pulses } = this;
    const x = window === null ? 0 : (t - window.from) / window.unit;
    return {
      driven: drives.reduce((sum, { envelope }, j) => sum + envelopeAt(envelope, t, inside) * means[j], 0),
      work: this.work + (window === null ? 0 : window.unit * window.work(x)),
      decay: this.decay + (window === null ? 0 : window.unit * window.decay(x)),
      pulses,
    };
  }

  private closeWindow(): void {
    if (this.window === null) return;
    const { unit, end, work, decay } = this.window;
    this.work += unit * work(end);
    this.decay += unit * decay(end);
    this.window = null;
  }
}

interface Swing {
  readonly largest: number;
  readonly variation: number;
}

/** The last found of each drive: all sectors of a run ask for the same. */
const swings = new WeakMap<Drive, { readonly ends: readonly [number, number]; readonly found: Swing }>();

/** Largest |f|, and ∫ |df|, up to the farthest time either way: to size errors by, from samples as dense as f changes. */
export function swing(drive: Drive, times: readonly number[]): Swing {
  const ends = spanOf(times);
  const known = swings.get(drive);
  if (known !== undefined && known.ends[0] === ends[0] && known.ends[1] === ends[1]) return known.found;
  const found = sampled(drive, ends);
  swings.set(drive, { ends, found });
  return found;
}

function sampled({ envelope }: Drive, [from, to]: readonly [number, number]): Swing {
  const { times: way } = envelopeWalk(envelope, from, to, { degree: 16, most: 50_000, shortest: 1e-12 });
  const stops = from < to && way[way.length - 1] === to ? way : [...way, to];
  const samples = Math.max(16, Math.ceil(256 / stops.length));
  const values = stops.slice(1).flatMap((end, p) => {
    const inside = 0.5 * (stops[p] + end);
    return Array.from({ length: samples + 1 }, (_, i) =>
      envelopeAt(envelope, stops[p] + ((end - stops[p]) * i) / samples, inside),
    );
  });
  return {
    largest: values.reduce((most, f) => Math.max(most, Math.abs(f)), 0),
    variation: values.slice(1).reduce((sum, f, i) => sum + Math.abs(f - values[i]), 0),
  };
}
