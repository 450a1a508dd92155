import { describe, expect, test } from "vitest";
import { Occupations } from "../../src/fock/occupations.ts";
import { random } from "../oracle/random.ts";

describe("the table of occupations", () => {
  test("finds what a Map finds, through growth and collisions", () => {
    const from = random(61);
    for (const modes of [1, 2, 5, 9]) {
      const table = new Occupations(modes);
      const map = new Map<string, number>();
      const different: string[] = [];
      for (let step = 0; step < 5000; step++) {
        const vector = Uint16Array.from({ length: modes }, () => from.integer(0, modes === 1 ? 3000 : 6));
        const known = map.get(vector.join());
        const found = table.find(vector);
        const index = table.add(vector);
        if (found !== (known ?? -1) || index !== (known ?? map.size)) different.push(vector.join());
        map.set(vector.join(), index);
      }
      expect(different).toEqual([]);
      expect(table.count).toBe(map.size);
      for (const [key, index] of map) {
        expect(Array.from(table.rows.subarray(index * modes, (index + 1) * modes)).join()).toBe(key);
      }
    }
  });

  test("has one vector where there are no modes", () => {
    const table = new Occupations(0);
    expect(table.find(new Uint16Array(0))).toBe(-1);
    expect([table.add(new Uint16Array(0)), table.add(new Uint16Array(0)), table.count]).toEqual([0, 0, 1]);
  });

  test("tells apart vectors that differ by one quantum, many at a time", () => {
    const table = new Occupations(3);
    let confused = 0;
    for (let a = 0; a < 30; a++) {
      for (let b = 0; b < 30; b++) {
        for (let c = 0; c < 30; c++) if (table.add(Uint16Array.of(a, b, c)) !== (a * 30 + b) * 30 + c) confused++;
      }
    }
    expect(confused).toBe(0);
    expect(table.find(Uint16Array.of(30, 0, 0))).toBe(-1);
  });
});
