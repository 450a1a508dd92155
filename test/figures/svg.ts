/** Reading SVG in tests: well-formedness, texts with their true extents, paths. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import type { Figure } from "../../src/figures/figure.ts";

const fontFolder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
export const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Oblique.ttf"].map((file) => join(fontFolder, file));

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Text extends Box {
  /** Without tspans and entities. */
  readonly content: string;
}

/** Throws unless every element is closed in order and every ampersand begins an entity. */
export function requireWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, slash, name, rest] of svg.matchAll(/<(\/?)([a-zA-Z]+)((?:[^<>"]|"[^"<]*")*)>/g)) {
    if (slash === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else if (!rest.endsWith("/")) open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open}`);
  const text = svg.replaceAll(/<\/?[a-zA-Z]+(?:[^<>"]|"[^"<]*")*>/g, "");
  if (/[<>]|&(?!amp;|lt;|gt;|quot;)/.test(text)) throw new Error(`unescaped: ${text}`);
  if (/NaN|undefined|Infinity|\[object/.test(svg)) throw new Error("a value is missing");
}

/** Every text of the figure, where its ink is as resvg sets it with DejaVu Sans. */
export function texts(figure: Pick<Figure, "svg" | "width" | "height">): Text[] {
  return [...figure.svg.matchAll(/<text.*?<\/text>/g)].map(([element]) => ({
    ...inkOf(element, figure.width, figure.height),
    content: unescaped(element),
  }));
}

function inkOf(element: string, width: number, height: number): Box {
  const alone =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">` +
    `${element}</svg>`;
  const box = new Resvg(alone, { font: { loadSystemFonts: false, fontFiles } }).innerBBox();
  if (box === undefined) throw new Error(`no ink: ${element}`);
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

export function unescaped(element: string): string {
  return element
    .replaceAll(/<[^>]*>|\u200b/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Pairs of texts whose ink overlaps, and texts that leave the figure: none, in a good figure. */
export function collisions(figure: Figure): string[] {
  const all = texts(figure);
  const outside = all.filter(
    ({ x, y, width, height }) => x < 0 || y < 0 || x + width > figure.width || y + height > figure.height,
  );
  const pairs = all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.content} / ${b.content}`),
  );
  return [...outside.map(({ content }) => `outside: ${content}`), ...pairs];
}

/** What all texts say. */
export function contents(figure: Figure): string[] {
  return texts(figure).map(({ content }) => content);
}

/** Attributes of the elements of this name. */
export function elements(svg: string, name: string): Record<string, string>[] {
  return [...svg.matchAll(new RegExp(`<${name} ([^>]*?)/?>`, "g"))].map(([, attributes]) =>
    Object.fromEntries([...attributes.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  );
}

/** The curves of a figure against time: open paths with round joins, by their colour, as points in pixels. */
export function curves(figure: Figure): { stroke: string; dash: string; width: number; points: [number, number][] }[] {
  return elements(figure.svg, "path")
    .filter((path) => path["stroke-linejoin"] === "round" && path.d.includes("L"))
    .map((path) => ({
      stroke: path.stroke,
      dash: path["stroke-dasharray"] ?? "",
      width: Number(path["stroke-width"]),
      points: [...path.d.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]): [number, number] => [
        Number(x),
        Number(y),
      ]),
    }));
}

/** Relative luminance of #rrggbb, 0 to 1. Source: WCAG 2.2. */
export function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
