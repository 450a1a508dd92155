/** Figures as files: SVG and PNG, light and dark. */

import { createRequire } from "node:module";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { Figure } from "../figures/figure.ts";
import type { ThemeName } from "../figures/theme.ts";

/** What the user chose: "both" is a light and a dark file of each. */
export type ThemeChoice = ThemeName | "both";

export type Format = "svg" | "png";

/** Draws one kind of figure in a theme. */
export type Draw = (theme: ThemeName) => Figure;

const compress = promisify(deflate) as (bytes: Uint8Array, options: { level: number }) => Promise<Uint8Array>;

/** The files' contents by their names: dynamics.svg, dynamics.png; with both themes dynamics-dark.svg as well. */
export async function figureFiles(
  drawings: readonly Draw[],
  choice: ThemeChoice,
  formats: readonly Format[] = ["svg", "png"],
): Promise<Record<string, string | Uint8Array>> {
  const themes: ThemeName[] = choice === "both" ? ["light", "dark"] : [choice];
  const figures = themes.flatMap((theme) =>
    drawings.map((draw) => {
      const figure = draw(theme);
      return { figure, name: choice === "both" && theme === "dark" ? `${figure.name}-dark` : figure.name };
    }),
  );
  const files: Record<string, string | Uint8Array> = {};
  if (formats.includes("svg")) for (const { figure, name } of figures) files[`${name}.svg`] = figure.svg;
  if (formats.includes("png")) {
    const { png } = await import("../figures/png.ts");
    const fontFiles = [createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")];
    const options = { fontFiles, deflate: (bytes: Uint8Array) => compress(bytes, { level: 1 }) };
    const images = await Promise.all(figures.map(({ figure }) => png(figure, options)));
    images.forEach((image, i) => {
      files[`${figures[i].name}.png`] = image;
    });
  }
  return files;
}
