import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expression } from "../../src/model/syntax.ts";
import { maxDepth, maxLength, parseExpression } from "../../src/model/syntax.ts";
import { ExpressionProblem } from "../../src/model/value.ts";

/** The tree with every parenthesis written out, so that grouping can be seen. */
function grouped(node: Expression): string {
  switch (node.kind) {
    case "number":
      return node.im === 0 ? `${node.re}` : `${node.im}i`;
    case "text":
      return `"${node.text}"`;
    case "name":
      return node.args === undefined ? node.name : `${node.name}(${node.args.map(grouped).join(",")})`;
    case "negative":
      return `(-${grouped(node.of)})`;
    case "binary":
      return `(${grouped(node.left)}${node.operator}${grouped(node.right)})`;
  }
}

function problemOf(text: string): ExpressionProblem {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionProblem) return error;
    throw error;
  }
  throw new Error(`${text} was parsed`);
}

describe("grouping", () => {
  test.each([
    ["-x^2", "(-(x^2))"],
    ["-x*y", "((-x)*y)"],
    ["2^-x", "(2^(-x))"],
    ["2^3^2", "(2^(3^2))"],
    ["2**3**2", "(2^(3^2))"],
    ["a-b-c", "((a-b)-c)"],
    ["a/b/c", "((a/b)/c)"],
    ["a/b*c", "((a/b)*c)"],
    ["a+b*c^d", "(a+(b*(c^d)))"],
    ["(a+b)*c", "((a+b)*c)"],
    ["a*-b", "(a*(-b))"],
    ["--a", "(-(-a))"],
    ["+a - +b", "(a-b)"],
    ["f(a, g(b), -c)", "f(a,g(b),(-c))"],
    ["f()", "f()"],
    ["f(1)^2", "(f(1)^2)"],
    ['jmat(3/2, "x")', 'jmat((3/2),"x")'],
    ["jmat(1, '+')", 'jmat(1,"+")'],
    [" 1e-3 + .5 - 5. ", "((0.001+0.5)-5)"],
    ["2e-3i - i", "(0.002i-i)"],
  ])("%s is %s", (text, tree) => {
    expect(grouped(parseExpression(text))).toBe(tree);
  });

  test("is not changed by writing it out", () => {
    const leaf = fc.constantFrom("a", "b1", "2", "0.5", "3i", "f()", 'g(1,"x")');
    const expression: fc.Arbitrary<string> = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc.tuple(tie("node"), fc.constantFrom("+", "-", "*", "/", "^"), tie("node")).map((parts) => parts.join("")),
        tie("node").map((inside) => `(${inside})`),
        tie("node").map((inside) => `-${inside}`),
      ),
    })).node as fc.Arbitrary<string>;
    fc.assert(
      fc.property(expression, (text) => {
        const once = grouped(parseExpression(text));
        expect(grouped(parseExpression(once))).toBe(once);
      }),
    );
  });

  test("agrees with JavaScript's for numbers", () => {
    const number = fc.integer({ min: 1, max: 9 }).map(String);
    const sum = fc.array(fc.tuple(fc.constantFrom("+", "-", "*", "/"), number), { maxLength: 8 });
    fc.assert(
      fc.property(number, sum, (first, rest) => {
        const text = first + rest.map(([operator, x]) => operator + x).join("");
        const value = (node: Expression): number => {
          if (node.kind === "number") return node.re;
          if (node.kind !== "binary") throw new Error(node.kind);
          const [a, b] = [value(node.left), value(node.right)];
          return { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "^": a ** b }[node.operator];
        };
        expect(value(parseExpression(text))).toBe(new Function(`return ${text}`)());
      }),
    );
  });
});

describe("a mistake is shown where it is", () => {
  test.each([
    ["", 0, "is empty"],
    ["   ", 0, "is empty"],
    ["a +", 3, "it ends"],
    ["* a", 0, "has nothing before it"],
    ["kron(a, b", 4, "never closed"],
    ["(a", 0, "never closed"],
    ["a)", 1, "closes nothing"],
    ["a b", 2, "`b` follows at once"],
    ["2 sigmaz", 2, "`sigmaz` follows at once"],
    ["2(a)", 1, "`(` follows at once"],
    ["f(a,,b)", 4, "a comma"],
    ["f(a;b)", 3, "character ;"],
    ["a, b", 1, "there is `,` after it"],
    ["1 − 2", 2, "character −"],
    ["σ ⊗ σ", 2, "character ⊗"],
    ["2j", 0, "`2j`"],
    ['f("x)', 2, 'character "'],
    ["a ? b", 2, "character ?"],
    ["a + 😀", 4, "character 😀"],
  ])("%j at %i", (text, start, but) => {
    const problem = problemOf(text);
    expect(problem.but).toContain(but);
    expect(problem.span?.start).toBe(start);
  });

  test("with what to write instead of signs from papers", () => {
    expect(problemOf("a ⊗ b").suggestion).toContain("kron(a, b)");
    expect(problemOf("a†").suggestion).toContain("dag(a)");
    expect(problemOf("3j").suggestion).toBe("Write `3i`.");
    expect(problemOf("2 sigmaz").suggestion).toContain("`*`");
    expect(problemOf("a, b").suggestion).toBeUndefined();
  });

  test("with what to do about units and decimal commas", () => {
    for (const text of ["0.5 GHz * sigmaz", "3 K", "12 µs", "2 * 300 meV"]) {
      expect(problemOf(text).suggestion).toContain("no units");
    }
    expect(problemOf("0,5 * sigmaz").suggestion).toContain("with a point");
  });
});

describe("limits", () => {
  test("are set to length and depth, and say so", () => {
    expect(problemOf("1".repeat(maxLength + 1)).must).toContain(`${maxLength} characters`);
    expect(problemOf(`${"(".repeat(maxDepth + 1)}1${")".repeat(maxDepth + 1)}`).must).toContain(`${maxDepth} deep`);
    expect(problemOf("-".repeat(maxDepth + 1)).must).toContain(`${maxDepth} deep`);
    expect(problemOf("1^".repeat(maxDepth + 1)).must).toContain(`${maxDepth} deep`);
  });

  test("let pass what is within them", () => {
    expect(grouped(parseExpression(`${"(".repeat(maxDepth - 1)}1${")".repeat(maxDepth - 1)}`))).toBe("1");
    const sum = "1+".repeat(maxLength / 2 - 1);
    expect(parseExpression(`${sum}1`).kind).toBe("binary");
  });

  test("hold for any text: a tree or an ExpressionProblem within the text, nothing else", () => {
    const character = fc.constantFrom(..."ab1.e+-*/^(), \"'iπ⊗[\n".split(""));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 30 }), (text) => {
        try {
          parseExpression(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionProblem);
          const span = (error as ExpressionProblem).span;
          expect(span?.start).toBeGreaterThanOrEqual(0);
          expect(span?.start).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
