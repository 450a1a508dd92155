import { expect, test } from "vitest";
import { names } from "../../src/model/expression.ts";
import { measures } from "../../src/model/measures.ts";

test("no measure has the name of an operator, state or function, or of another measure", () => {
  const taken = names.flatMap(({ name, aliases = [], elsewhere = [] }) => [name, ...aliases, ...elsewhere]);
  const own = measures.flatMap(({ name, elsewhere = [] }) => [name, ...elsewhere]);
  expect(new Set([...taken, ...own]).size).toBe(taken.length + own.length);
});

test("the usage of a measure begins with its name, and has as many ways as its arity needs", () => {
  for (const { name, usage, arity } of measures) {
    const ways = usage.split(" or ");
    for (const way of ways) expect(way.startsWith(`${name}(`)).toBe(true);
    expect(ways.length).toBe(arity[0] === arity[1] ? 1 : 2);
  }
});
