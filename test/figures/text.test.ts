import fc from "fast-check";
import { expect, test } from "vitest";
import {
  escapeText,
  indexed,
  italic,
  lowered,
  plainText,
  raised,
  textAt,
  textWidth,
  wrap,
} from "../../src/figures/text.ts";
import { requireWellFormed, texts, unescaped } from "./svg.ts";

test("any text stands in an SVG as it is, without what XML forbids", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const svg = `<svg>${textAt(0, 0, escapeText(text), { size: 10, fill: "#000000" })}</svg>`;
      requireWellFormed(svg.replaceAll(/NaN|undefined|Infinity|\[object/g, ""));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them.
      const expected = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u200b]/g, "");
      expect(unescaped(escapeText(text))).toBe(expected);
    }),
  );
});

test("the estimated width is that of the font or a little more", () => {
  const samples = [
    "time t (1/energy, ħ = 1)",
    "0.0025",
    "M = 1000",
    "−0.5",
    "qubit exchanging excitations",
    "‖L‖ ∞ ⟨sz⟩",
  ];
  for (const sample of samples) {
    const svg = textAt(20, 50, escapeText(sample), { size: 40, fill: "#000000" });
    const [{ width }] = texts({ svg, width: 2000, height: 100 });
    const estimate = textWidth(escapeText(sample), 40);
    expect(estimate / width).toBeGreaterThan(0.99);
    expect(estimate / width).toBeLessThan(1.15);
  }
});

test("markup counts by what it shows", () => {
  const markup = `${italic("M")}${raised(-3)} &lt; ${lowered("kl")}`;
  expect(plainText(markup)).toBe("M−3 &lt; kl");
  expect(textWidth(markup, 10)).toBe(textWidth("M−3 &lt; kl", 10));
});

test("an exponent stands higher, an index lower, and what follows on the line again", () => {
  const style = { size: 40, fill: "#000000" };
  const bottom = (markup: string): number => {
    const [{ y, height }] = texts({ svg: textAt(10, 100, markup, style), width: 400, height: 200 });
    return y + height;
  };
  const top = (markup: string): number => texts({ svg: textAt(10, 100, markup, style), width: 400, height: 200 })[0].y;
  expect(top(`x${raised("H")}`)).toBeLessThan(top("xH") - 4);
  expect(bottom(`x${lowered("H")}`)).toBeGreaterThan(bottom("xH") + 4);
  expect(bottom(`x${raised("H")}H`)).toBeCloseTo(bottom("xH"), 1);
  expect(bottom(`${lowered("o")}H`)).toBeGreaterThan(bottom("H"));
  expect(top(`${lowered("o")}H`)).toBeCloseTo(top("H"), 1);
});

test("an underscore makes an index", () => {
  expect(indexed("v_1 + v_1† < 2")).toBe(`v${lowered("1")} + v${lowered("1")}† &lt; 2`);
});

test("wrapped lines fit, keep the words in order, and end in an ellipsis where they do not suffice", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 60, max: 400 }), fc.integer({ min: 1, max: 4 }), (list, width, most) => {
      const lines = wrap(list.join(" "), width, 16, most);
      expect(lines.length).toBeLessThanOrEqual(most);
      for (const line of lines) expect(textWidth(line, 16)).toBeLessThanOrEqual(width);
      const joined = lines.join(" ");
      if (joined.includes("…")) return;
      expect(joined).toBe(list.join(" "));
    }),
  );
  expect(wrap("one two three", 1000, 16, 2)).toEqual(["one two three"]);
  expect(wrap("one two three four", 80, 16, 1)[0]).toMatch(/^one.*…$/);
});
