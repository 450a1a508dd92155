import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { bytes, number, sizeList, timeList } from "../../src/cli/options.ts";

test("sizes are numbers from 1 and inf in any writing", () => {
  expect(sizeList("10, 1e6,inf,∞,Infinity")).toEqual([10, 1e6, "inf", "inf", "inf"]);
  for (const wrong of ["0", "-3", "ten", "10,,20", ""]) expect(() => sizeList(wrong)).toThrow(InvalidArgumentError);
});

test("times are a range or a list, of any sign", () => {
  expect(timeList("0:60:601")).toEqual({ from: 0, to: 60, points: 601 });
  expect(timeList("-1,0,0.5")).toEqual([-1, 0, 0.5]);
  for (const wrong of ["0:60", "0:a:3", "", "1,,2"]) expect(() => timeList(wrong)).toThrow(InvalidArgumentError);
});

test("what is no number is refused, not turned into NaN or 0", () => {
  for (const wrong of ["abc", "", " ", "1e", "NaN", "Infinity"])
    expect(() => number(wrong)).toThrow(InvalidArgumentError);
});

test("memory is in decimal units of bytes", () => {
  expect([bytes("500MB"), bytes("2GB"), bytes("1.5 g"), bytes("4096000")]).toEqual([5e8, 2e9, 1.5e9, 4096000]);
  for (const wrong of ["lots", "-1GB", "0", "0B", "0.5", "4096"])
    expect(() => bytes(wrong)).toThrow(InvalidArgumentError);
});
