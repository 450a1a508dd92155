import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/model/expression.ts";
import { functions } from "../../src/model/functions.ts";

function number(text: string): [number, number] {
  const { value, problem } = evaluate(text);
  if (problem) throw problem;
  if (value.kind !== "scalar") throw new Error(`${text} is a ${value.kind}`);
  return [value.re, value.im];
}

describe("functions of numbers", () => {
  test.each<[string, number, number]>([
    ["sqrt(2)", Math.SQRT2, 0],
    ["sqrt(-9)", 0, 3],
    ["sqrt(3+4i)", 2, 1],
    ["exp(1)", Math.E, 0],
    ["exp(i*pi)", -1, 0],
    ["exp(1+i*pi/2)", 0, Math.E],
    ["cos(pi/3)", 0.5, 0],
    ["sin(pi/6)", 0.5, 0],
    ["cos(i)", Math.cosh(1), 0],
    ["sin(i)", 0, Math.sinh(1)],
    ["cos(0.3+0.4i)^2 + sin(0.3+0.4i)^2", 1, 0],
    ["i^2", -1, 0],
    ["(1+2i)*(3-i)", 5, 5],
    ["(5+5i)/(3-i)", 1, 2],
  ])("%s", (text, re, im) => {
    const [x, y] = number(text);
    expect(x).toBeCloseTo(re, 14);
    expect(y).toBeCloseTo(im, 14);
  });
});

describe("functions of operators and kets", () => {
  test("tr(a b) = tr(b a), tr is linear, tr(kron(a, b)) = tr(a) tr(b)", () => {
    const [a, b] = ["(sigmax + 0.3*sigmaz + 2*qeye(2))", "(sigmay - i*sigmap + qeye(2))"];
    expect(number(`tr(${a}*${b}) - tr(${b}*${a})`)[0]).toBeCloseTo(0, 14);
    expect(number(`tr(kron(${a}, ${b})) - tr(${a})*tr(${b})`)[0]).toBeCloseTo(0, 14);
  });

  test("proj(n, k) is proj(basis(n, k)); proj, dm and ket2dm are one", () => {
    expect(number("tr((proj(4, 2) - proj(basis(4, 2)))^2)")[0]).toBe(0);
    expect(number("tr((dm(plus) - ket2dm(plus))^2)")[0]).toBe(0);
  });

  test("unit makes norm 1 of a ket and trace 1 of an operator", () => {
    expect(number("dag(unit(3*up - 4i*down)) * unit(3*up - 4i*down)")[0]).toBeCloseTo(1, 15);
    expect(number("tr(unit(3*proj(up) + proj(down)))")[0]).toBeCloseTo(1, 15);
    expect(evaluate("unit(sigmax)").problem?.but).toContain("has trace 0");
    expect(evaluate("unit(up - up)").problem?.but).toContain("has norm 0");
  });

  test("dag(a)*b is the inner product and a*dag(b) the operator |a><b|", () => {
    expect(number("dag(plus_i) * (i*down)")[0]).toBeCloseTo(Math.SQRT1_2, 15);
    expect(number("tr((up*dag(down) - sigmap)^2)")[0]).toBe(0);
  });
});

test("each is refused what it is not for, by name", () => {
  const but = (text: string): string | undefined => evaluate(text).problem?.but;
  expect(but("sqrt(sigmax)")).toBe("`sqrt(sigmax)` is given a 2×2 operator");
  expect(but("exp(up)")).toBe("`exp(up)` is given a ket of dimension 2");
  expect(but("proj(sigmax)")).toBe("`proj(sigmax)` is given a 2×2 operator");
  expect(but("tr(up)")).toBe("`tr(up)` is given a ket of dimension 2");
  expect(but("kron(2, sigmax)")).toBe("`kron(2, sigmax)` is given 2");
  expect(but("unit(2)")).toBe("`unit(2)` is given 2");
});

test("no two names of the table are alike", () => {
  const all = functions.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(new Set(all).size).toBe(all.length);
});
