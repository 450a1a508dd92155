/** The modes of F: how strongly S couples to which frequency. */

import { type DocumentMode, modelName, type ResultDocument } from "../io/document.ts";
import { type Axis, extent, linearAxis } from "./axis.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, fontSize, heading } from "./figure.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { italic, lowered, type Markup, pixel, textAt, textWidth } from "./text.ts";
import { type Theme, themes } from "./theme.ts";

interface Stem {
  readonly mode: DocumentMode;
  /** ‖L‖, the Frobenius norm. */
  readonly strength: number;
  /** k = l: not an oscillator but a field constant in time. */
  readonly isStatic: boolean;
}

interface PlacedStem extends Stem {
  /** Pixels, after stems at the same frequency have been moved apart. */
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A stem for each mode (k, l) of (16)-(18) at its frequency, as high as its coupling is strong; static parts (k = l) are
 * squares. Stems at one frequency stand side by side. Of several reservoirs each label says which. Labels that would cover something are left out, the weakest first.
 * Throws RangeError if the result has no modes.
 */
export function spectrumFigure(document: ResultDocument, options: FigureOptions = {}): Figure {
  if (document.modes.length === 0) {
    throw new RangeError("this result has no modes to draw: the reservoir does not fluctuate.");
  }
  const theme = themes[options.theme ?? "light"];
  const stems = document.modes.map((mode): Stem => {
    return { mode, strength: frobeniusNorm(mode), isStatic: mode.k === mode.l };
  });
  const title = modelName(document);
  const head = heading(title, theme);
  const key = markerKey(stems, head.bottom, theme);
  const top = key.bottom + abovePanel + 6;
  const bottom = top + 360;
  const strongest = Math.max(...stems.map(({ strength }) => strength)) || 1;
  const y = linearAxis([0, 1.16 * strongest], [bottom, top], { ticks: 6 });
  const area: Area = { left: Math.round(edge + yNumbersWidth(y.ticks)), right: figureWidth - edge, top, bottom };
  const x = linearAxis(frequencyDomain(stems), [area.left, area.right], { ticks: 9 });
  const placed = place(stems, x, y);
  const labels = {
    x: `frequency  ${italic("ω")}${lowered("kl")} = ${italic("E")}${lowered("l")} − ${italic("E")}${lowered("k")}  (energy, ħ = 1)`,
    y: `coupling strength  ‖${italic("L")}${lowered("kl")}‖  (energy)`,
  };
  return figure({
    name: "spectrum",
    title: `${title}: modes of the reservoir`,
    description: `${stems.length} modes (k, l): frequency against coupling strength.`,
    height: bottom + belowPanel,
    theme,
    body:
      head.svg +
      key.svg +
      panel(area, x, y, labels, theme) +
      placed.map((stem) => stemMark(stem, bottom, theme)).join("") +
      stemLabels(placed, area, theme),
  });
}

function frobeniusNorm({ coupling }: DocumentMode): number {
  return Math.hypot(...coupling.flat(2));
}

/** All frequencies and zero, with room at both ends. */
function frequencyDomain(stems: readonly Stem[]): [number, number] {
  const [low, high] = extent([0, ...stems.map(({ mode }) => mode.frequency)], 0.12);
  return low === high ? [-1, 1] : [low, high];
}

/** Stems that would stand closer than a marker are moved apart, about their mean. */
function place(stems: readonly Stem[], x: Axis, y: Axis): PlacedStem[] {
  const apart = 28;
  const sorted = [...stems].sort((a, b) => a.mode.frequency - b.mode.frequency || a.mode.k - b.mode.k);
  const placed: PlacedStem[] = [];
  for (let start = 0; start < sorted.length; ) {
    const at = x.position(sorted[start].mode.frequency);
    let end = start + 1;
    while (end < sorted.length && x.position(sorted[end].mode.frequency) - at < 2) end++;
    const group = sorted.slice(start, end);
    const step = Math.min(apart, 140 / group.length);
    group.forEach((stem, g) => {
      placed.push({ ...stem, x: at + (g - (group.length - 1) / 2) * step, y: y.position(stem.strength) });
    });
    start = end;
  }
  return placed;
}

const radius = 7;
/** Between two lines of the key. */
const lineHeight = 28;

function stemMark({ x, y, isStatic, strength }: PlacedStem, base: number, theme: Theme): string {
  const colour = isStatic ? theme.contrast : theme.accent;
  const dash = isStatic ? ' stroke-dasharray="6 4"' : "";
  const line = `<path d="M${pixel(x)},${base}V${pixel(y)}" stroke="${colour}" stroke-width="3"${dash}/>`;
  return line + marker(x, y, isStatic, strength === 0, theme);
}

/** A disc for an oscillator, a square for a static part; hollow where nothing couples. */
function marker(x: number, y: number, isStatic: boolean, hollow: boolean, theme: Theme): string {
  const colour = isStatic ? theme.contrast : theme.accent;
  const paint = `fill="${hollow ? theme.background : colour}" stroke="${hollow ? colour : theme.background}" stroke-width="1.5"`;
  if (!isStatic) return `<circle cx="${pixel(x)}" cy="${pixel(y)}" r="${radius}" ${paint}/>`;
  const side = 2 * radius - 1;
  return `<rect x="${pixel(x - side / 2)}" y="${pixel(y - side / 2)}" width="${side}" height="${side}" ${paint}/>`;
}

/** What the markers mean: only those that occur. */
function markerKey(stems: readonly Stem[], top: number, theme: Theme): { svg: string; bottom: number } {
  let middle = top + 20;
  const of = severalReservoirs(stems) ? `${italic("r")}: ` : "";
  const entries: { mark?: (x: number) => string; label: Markup }[] = [];
  if (stems.some(({ isStatic, strength }) => !isStatic && strength > 0)) {
    entries.push({
      mark: (x) => marker(x, middle, false, false, theme),
      label: `oscillator ${of}(${italic("k")}, ${italic("l")})`,
    });
  }
  if (stems.some(({ isStatic, strength }) => isStatic && strength > 0)) {
    entries.push({
      mark: (x) => marker(x, middle, true, false, theme),
      label: `static Gaussian field ${of}(${italic("k")}, ${italic("k")})`,
    });
  }
  if (stems.some(({ strength }) => strength === 0)) {
    entries.push({ mark: (x) => marker(x, middle, false, true, theme), label: "decoupled" });
  }
  const frequencies = stems.map(({ mode }) => mode.frequency);
  if (new Set(frequencies).size < frequencies.length) {
    entries.push({ label: "(side by side: equal frequency)" });
  }
  if (of !== "") entries.push({ label: `(${italic("r")}: which reservoir)` });
  let x = edge;
  let svg = "";
  for (const { mark, label } of entries) {
    if (x + textWidth(label, fontSize.label) + 2 * radius + 16 > figureWidth - edge) {
      x = edge;
      middle += lineHeight;
    }
    if (mark !== undefined) svg += mark(x + radius);
    const left = mark === undefined ? x : x + radius + 16;
    svg += textAt(left, middle + 7, label, { size: fontSize.label, fill: theme.ink });
    x = left + textWidth(label, fontSize.label) + 30;
  }
  return { svg, bottom: middle + 15 };
}

/** (k, l) above, right or left of each marker, strongest first, where neither a marker nor another label is covered. */
function stemLabels(stems: readonly PlacedStem[], area: Area, theme: Theme): string {
  const size = fontSize.note;
  const taken: Box[] = stems.flatMap(({ x, y }) => [
    { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
    { left: x - 2, right: x + 2, top: y, bottom: area.bottom },
  ]);
  const several = severalReservoirs(stems);
  let svg = "";
  for (const { mode, x, y } of [...stems].sort((a, b) => b.strength - a.strength)) {
    const label = `${several ? `${mode.reservoir ?? 1}: ` : ""}(${mode.k}, ${mode.l})`;
    const width = textWidth(label, size);
    const box = [x - width / 2, x + radius + 5, x - radius - 5 - width]
      .map((left, place): Box => {
        const bottom = place === 0 ? y - radius - 3 : y + size / 2;
        return { left, right: left + width, top: bottom - size, bottom };
      })
      .find((candidate) => isFree(candidate, taken, area));
    if (box === undefined) continue;
    taken.push(box);
    svg += textAt(box.left + width / 2, box.bottom - 2, label, { size, fill: theme.ink, anchor: "middle" });
  }
  return svg;
}

function severalReservoirs(stems: readonly Stem[]): boolean {
  return stems.some(({ mode }) => (mode.reservoir ?? 1) !== (stems[0].mode.reservoir ?? 1));
}

function isFree(box: Box, taken: readonly Box[], area: Area): boolean {
  if (box.left < area.left || box.right > area.right || box.top < area.top) return false;
  return taken.every(
    (other) => box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top,
  );
}
