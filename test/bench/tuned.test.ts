import { expect, it } from "vitest";
import { type TunedByRow, tunedText } from "../../bench/tuned.ts";

it("writes a line for each row, in order, that reads back as it was", () => {
  const tuned: TunedByRow = {
    b: { way: "dense", parameters: { levels: [3, 4] } },
    a: { way: "Lanczos", parameters: { quanta: 5 } },
  };
  const text = tunedText(tuned);
  expect(JSON.parse(text)).toEqual(tuned);
  expect(text.split("\n").map((line) => line.slice(2, 5))).toEqual(["", '"a"', '"b"', "", ""]);
});
