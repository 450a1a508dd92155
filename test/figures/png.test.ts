import { deflateSync, inflateSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { expect, test } from "vitest";
import { dynamicsFigure } from "../../src/figures/dynamics.ts";
import { png } from "../../src/figures/png.ts";
import { makeDocument } from "./documents.ts";
import { fontFiles } from "./svg.ts";

// A part is overwritten by the next: each is copied as it comes.
const deflate = async (parts: Iterable<Uint8Array>) =>
  deflateSync(Buffer.concat(Array.from(parts, (part) => Uint8Array.from(part))), { level: 1 });

/** Chunks of a PNG file, their checksums left out. */
function chunks(file: Uint8Array): Record<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found: Record<string, Uint8Array> = {};
  for (let at = 8; at < file.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    found[type] = file.subarray(at + 8, at + 8 + view.getUint32(at));
  }
  return found;
}

test("the picture is what resvg draws, pixel by pixel", async () => {
  const figure = dynamicsFigure(await makeDocument(), { observables: ["sz"] });
  const file = await png(figure, { fontFiles, deflate, scale: 0.5 });
  const { IHDR, IDAT } = chunks(file);
  const header = new DataView(IHDR.buffer, IHDR.byteOffset);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  expect([width, height]).toEqual([figure.width / 2, Math.round(figure.height / 2)]);
  const lines = inflateSync(IDAT);
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: "DejaVu Sans" };
  const { pixels } = new Resvg(figure.svg, { font, fitTo: { mode: "zoom", value: 0.5 } }).render();
  expect(lines.length).toBe(height * (4 * width + 1));
  for (let y = 0; y < height; y++) {
    const row = lines.subarray(y * (4 * width + 1) + 1, (y + 1) * (4 * width + 1));
    if (Buffer.compare(row, pixels.subarray(4 * y * width, 4 * (y + 1) * width)) !== 0)
      throw new Error(`row ${y} differs`);
  }
});

test("another reader takes the file, checksums and all, and finds the same picture", async () => {
  const figure = {
    svg: '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><path d="M0,0H1V2H0Z" fill="#ff8000"/><path d="M1,0H3V2H1Z" fill="#0040ff"/></svg>',
  };
  const file = await png(figure, { fontFiles, deflate, scale: 1 });
  const data = Buffer.from(file).toString("base64");
  const shown = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><image width="3" height="2" href="data:image/png;base64,${data}"/></svg>`,
  ).render().pixels;
  expect([...shown.subarray(0, 12)]).toEqual([255, 128, 0, 255, 0, 64, 255, 255, 0, 64, 255, 255]);
});

test("without a font it refuses, for the text would be missing", async () => {
  const figure = dynamicsFigure(await makeDocument({ times: [0, 1] }));
  await expect(png(figure, { fontFiles: [], deflate })).rejects.toThrow("`fontFiles` must name a TrueType font");
  await expect(png(figure, { fontFiles: ["/nowhere/font.ttf"], deflate })).rejects.toThrow("`fontFiles`");
});

test("a larger scale has more pixels", async () => {
  const figure = dynamicsFigure(await makeDocument({ times: [0, 1] }), { observables: ["sz"] });
  const { IHDR } = chunks(await png(figure, { fontFiles, deflate }));
  expect(new DataView(IHDR.buffer, IHDR.byteOffset).getUint32(0)).toBe(1440);
});
