/** Figures as files: SVG and PNG, light and dark. */

import { createRequire } from "node:module";
import { createDeflate } from "node:zlib";
import type { Figure } from "../figures/figure.ts";
import type { ThemeName } from "../figures/theme.ts";

/** What the user chose: "both" is a light and a dark file of each. */
export type ThemeChoice = ThemeName | "both";

export type Format = "svg" | "png";

/** Draws one kind of figure in a theme. */
export type Draw = (theme: ThemeName) => Figure;

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
    const options = { fontFiles, deflate };
    const images = await Promise.all(figures.map(({ figure }) => png(figure, options)));
    images.forEach((image, i) => {
      files[`${figures[i].name}.png`] = image;
    });
  }
  return files;
}

/** Compressed by another thread, part by part. */
async function deflate(parts: Iterable<Uint8Array>): Promise<Uint8Array> {
  const stream = createDeflate({ level: 1, chunkSize: 65536 });
  const compressed: Uint8Array[] = [];
  stream.on("data", (bytes: Uint8Array) => compressed.push(bytes));
  const ended = new Promise<void>((resolve, reject) => {
    stream.once("end", resolve);
    stream.once("error", reject);
  });
  ended.catch(() => undefined);
  for (const part of parts) {
    await new Promise<void>((resolve, reject) => stream.write(part, (error) => (error ? reject(error) : resolve())));
  }
  stream.end();
  await ended;
  return Buffer.concat(compressed);
}
