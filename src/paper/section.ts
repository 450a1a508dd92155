/** A part of the page: some checks, and the figures that belong to them. */

import type { Figure } from "../figures/figure.ts";
import type { ThemeName } from "../figures/theme.ts";
import type { Check } from "./check.ts";

export interface PaperFigure {
  /** Of the file, without ending. */
  readonly name: string;
  /** What is to be seen, in a sentence or two. */
  readonly caption: string;
  readonly draw: (theme: ThemeName) => Figure;
}

export interface Section {
  readonly title: string;
  /** What is done here and how, in a few sentences. */
  readonly introduction: string;
  readonly checks: readonly Check[];
  readonly figures: readonly PaperFigure[];
}
