import { expect, test } from "vitest";
import { checkedTimes } from "../../src/handover/times.ts";

test("times ascend from 0, each once; those before 0 are left out and it is said", () => {
  expect(checkedTimes([3, -1, 2, 2], 10, "model")).toEqual({
    times: [0, 2, 3],
    remark: "times before 0 were left out",
  });
  expect(checkedTimes([0, 1], 10, "model")).toEqual({ times: [0, 1], remark: "" });
});

test("many are thinned, the first and the last kept, and it is said", () => {
  const all = Array.from({ length: 601 }, (_, i) => i / 10);
  const { times, remark } = checkedTimes(all, 60, "model");
  expect(times).toHaveLength(61);
  expect([times[0], times[1], times[60]]).toEqual([0, 0.1, 60]);
  expect(new Set(times).size).toBe(61);
  expect(remark).toBe("61 of the model's 601 times");
});

test("a grid has equal steps up to the last time", () => {
  const { times, remark } = checkedTimes([0.5, 4], 60, "grid");
  expect(times).toEqual([0, 2, 4]);
  expect(remark).toBe("3 times in equal steps instead of the model's 2");
});

test("a grid that the model's times are says nothing", () => {
  const all = Array.from({ length: 13 }, (_, i) => i * 0.7);
  const { times, remark } = checkedTimes(all, 60, "grid");
  expect(times).toHaveLength(13);
  expect(remark).toBe("");
});

test("no time after 0 is refused", () => {
  expect(() => checkedTimes([0, -1], 10, "model")).toThrow("--times");
});
