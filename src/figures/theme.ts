/** Colours of figures on white and on dark slides. */

export type ThemeName = "light" | "dark";

export interface Theme {
  readonly background: string;
  /** The strongest contrast: the reference curve and titles. */
  readonly ink: string;
  /** Tick labels, axes. */
  readonly quiet: string;
  readonly grid: string;
  /** Areas behind curves. */
  readonly area: string;
  /** Two colours that the colour-blind tell apart, also by lightness. */
  readonly accent: string;
  readonly contrast: string;
  /**
   * From the smallest M to the largest: lightness moves steadily towards that of `ink`, but stays so far from it that a
   * dash lying upon the reference is seen. Part of the plasma map, which is even in lightness and safe for the
   * colour-blind.
   */
  readonly sequence: readonly string[];
}

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: "#ffffff",
    ink: "#101418",
    quiet: "#3d444d",
    grid: "#e3e6ea",
    area: "#c9d3e6",
    accent: "#2f5fb3",
    contrast: "#d9722b",
    sequence: ["#f79143", "#e66c5c", "#cb4679", "#a72197", "#7e03a8"],
  },
  dark: {
    background: "#14181d",
    ink: "#f7f8fa",
    quiet: "#c3cad3",
    grid: "#2b323b",
    area: "#33425c",
    accent: "#7fb0ff",
    contrast: "#f5a25d",
    sequence: ["#b352b6", "#cb5a8e", "#e16a68", "#f1894f", "#fba83c"],
  },
};

/** n colours of the theme's sequence, evenly spread, interpolated between its anchors. */
export function sequenceColours({ sequence }: Theme, n: number): string[] {
  return Array.from({ length: n }, (_, i) => {
    const at = n === 1 ? (sequence.length - 1) / 2 : (i * (sequence.length - 1)) / (n - 1);
    const lower = Math.min(Math.floor(at), sequence.length - 2);
    return mixed(sequence[lower], sequence[lower + 1], at - lower);
  });
}

function mixed(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a + share * (b - a))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
