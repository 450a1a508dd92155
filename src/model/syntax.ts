/**
 * From the text of an expression to its tree: a Pratt parser, in which a table of binding powers replaces a
 * grammar.
 */

import type { Span } from "./issue.ts";
import { ExpressionProblem } from "./value.ts";

export type Expression =
  | { readonly kind: "number"; readonly re: number; readonly im: number; readonly span: Span }
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | {
      readonly kind: "name";
      readonly name: string;
      /** Undefined for a bare name, [] for name(). */
      readonly args: readonly Expression[] | undefined;
      readonly span: Span;
    }
  | { readonly kind: "negative"; readonly of: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

export type BinaryOperator = "+" | "-" | "*" | "/" | "^";

/** More than anybody writes by hand, and little enough that nothing can be made slow with it. */
export const maxLength = 10_000;
export const maxDepth = 100;

/** How tightly an operator holds what stands to its left and right; right < left makes it associate to the right. */
const binding: Record<BinaryOperator, { left: number; right: number }> = {
  "+": { left: 10, right: 11 },
  "-": { left: 10, right: 11 },
  "*": { left: 20, right: 21 },
  "/": { left: 20, right: 21 },
  "^": { left: 41, right: 40 },
};
/** Above products, below powers: -x^2 is -(x^2). */
const negativeBinding = 30;

/** The tree of an expression. Throws ExpressionProblem, with the characters that are meant. */
export function parseExpression(text: string): Expression {
  if (text.trim() === "")
    throw new ExpressionProblem("be an expression", "is empty", undefined, { start: 0, end: text.length });
  if (text.length > maxLength) {
    throw new ExpressionProblem(
      `be at most ${maxLength} characters long`,
      `has ${text.length}`,
      "A large matrix is better written as rows of entries.",
      { start: 0, end: 1 },
    );
  }
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;

  const expression = (least: number): Expression => {
    if (++depth > maxDepth) fail(tokens[at], `be nested at most ${maxDepth} deep`, "is nested deeper here");
    let left = prefix();
    for (;;) {
      const token = tokens[at];
      if (token.kind === "operator") {
        const power = binding[token.operator];
        if (power.left < least) break;
        at++;
        const right = expression(power.right);
        const span = { start: left.span.start, end: right.span.end };
        left = { kind: "binary", operator: token.operator, left, right, span };
      } else if (token.kind === "number" || token.kind === "name" || token.kind === "(" || token.kind === "string") {
        fail(
          token,
          "have an operator between two factors",
          `${named(token)} follows at once`,
          isUnit(token)
            ? "Numbers have no units here, ħ = k_B = 1: choose a unit of energy, and times are in its inverse."
            : "Write `*` between them.",
        );
      } else break;
    }
    depth--;
    return left;
  };

  const prefix = (): Expression => {
    const token = tokens[at];
    at++;
    switch (token.kind) {
      case "number":
        return { kind: "number", re: token.re, im: token.im, span: token.span };
      case "string":
        return { kind: "text", text: token.text, span: token.span };
      case "name": {
        if (tokens[at].kind !== "(") return { kind: "name", name: token.name, args: undefined, span: token.span };
        const open = tokens[at];
        at++;
        const { args, end } = argumentsUpTo(open);
        return { kind: "name", name: token.name, args, span: { start: token.span.start, end } };
      }
      case "(": {
        const inside = expression(0);
        const close = tokens[at];
        if (close.kind !== ")") unclosed(token, close);
        at++;
        return { ...inside, span: { start: token.span.start, end: close.span.end } };
      }
      case "operator":
        if (token.operator === "-" || token.operator === "+") {
          const of = expression(negativeBinding);
          const span = { start: token.span.start, end: of.span.end };
          return token.operator === "-" ? { kind: "negative", of, span } : { ...of, span };
        }
        return fail(token, "have something on both sides of an operator", `${named(token)} has nothing before it`);
      case ")":
        return fail(token, "be an expression", `there is a ) where a number or a name should be`);
      case ",":
        return fail(token, "be an expression", `there is a comma where a number or a name should be`);
      default:
        return fail(token, "be an expression", "it ends where a number or a name should be");
    }
  };

  const argumentsUpTo = (open: Token): { args: Expression[]; end: number } => {
    const args: Expression[] = [];
    if (tokens[at].kind === ")") return { args, end: tokens[at++].span.end };
    for (;;) {
      args.push(expression(0));
      const next = tokens[at];
      if (next.kind !== "," && next.kind !== ")") unclosed(open, next);
      at++;
      if (next.kind === ")") return { args, end: next.span.end };
    }
  };

  const tree = expression(0);
  const rest = tokens[at];
  if (rest.kind === ")") fail(rest, "have a ( for every )", "this ) closes nothing");
  if (rest.kind !== "end") {
    const decimal = rest.kind === "," && tokens[at - 1]?.kind === "number" && tokens[at + 1]?.kind === "number";
    const suggestion = decimal ? "Decimals are written with a point, such as 0.5." : undefined;
    fail(rest, "be one expression", `there is ${named(rest)} after it`, suggestion);
  }
  return tree;
}

/** As they may stand behind a number: GHz, meV, K, ns, … */
function isUnit(token: Token): boolean {
  return token.kind === "name" && /^([pnuµmkMGT]?(Hz|eV|K|s|J)|cm|rad)$/.test(token.name);
}

type Token = { readonly span: Span } & (
  | { readonly kind: "number"; readonly re: number; readonly im: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "operator"; readonly operator: BinaryOperator }
  | { readonly kind: "(" | ")" | "," | "end" }
);

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /\p{L}[\p{L}\p{N}_]*/uy;
const string = /"([^"]*)"|'([^']*)'/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at];
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    const found = match(number, at) ?? match(name, at) ?? match(string, at);
    const span = { start: at, end: at + (found?.[0].length ?? 1) };
    if (found && /[\d.]/.test(character)) {
      const unit = match(name, span.end)?.[0];
      if (unit === "j") {
        throw new ExpressionProblem(
          "write the imaginary unit as i",
          `has \`${found[0]}j\``,
          `Write \`${found[0]}i\`.`,
          { start: at, end: span.end + 1 },
        );
      }
      const imaginary = unit === "i";
      const x = Number(found[0]);
      tokens.push({
        kind: "number",
        re: imaginary ? 0 : x,
        im: imaginary ? x : 0,
        span: { start: at, end: span.end + (imaginary ? 1 : 0) },
      });
      at = tokens[tokens.length - 1].span.end;
      continue;
    }
    if (found) {
      const quoted = found[1] ?? found[2];
      tokens.push(
        quoted === undefined ? { kind: "name", name: found[0], span } : { kind: "string", text: quoted, span },
      );
    } else if (text.startsWith("**", at)) {
      span.end = at + 2;
      tokens.push({ kind: "operator", operator: "^", span });
    } else if ("+-*/^".includes(character)) {
      tokens.push({ kind: "operator", operator: character as BinaryOperator, span });
    } else if (character === "(" || character === ")" || character === ",") {
      tokens.push({ kind: character, span });
    } else {
      const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
      throw new ExpressionProblem(
        "be an expression",
        `has the character ${whole}, which means nothing in one`,
        instead[whole],
        { start: at, end: at + whole.length },
      );
    }
    at = span.end;
  }
  tokens.push({ kind: "end", span: { start: text.length, end: text.length } });
  return tokens;
}

/** What people paste from papers and other programs. */
const instead: Record<string, string> = {
  "−": "This is a typographic minus; write the hyphen -.",
  "⊗": "Write `kron(a, b)`.",
  "·": "Write `*`.",
  "×": "Write `*`.",
  "†": "Write `dag(a)`.",
  "[": "Rows of entries are not part of an expression: write them alone, without quotes around the list.",
  "]": "Rows of entries are not part of an expression: write them alone, without quotes around the list.",
  "|": "A ket is written by its name, such as `up` or `basis(3, 0)`; |a><b| is `a * dag(b)`.",
  "@": "Write `*` for the matrix product.",
  '"': "A quoted text must end with the same quote.",
  "'": "A quoted text must end with the same quote.",
};

function named(token: Token): string {
  switch (token.kind) {
    case "number":
      return "a number";
    case "name":
      return `\`${token.name}\``;
    case "string":
      return `"${token.text}"`;
    case "operator":
      return `\`${token.operator}\``;
    case "end":
      return "the end";
    default:
      return `\`${token.kind}\``;
  }
}

function unclosed(open: Token, next: Token): never {
  if (next.kind === "end") return fail(open, "have a ) for every (", "this ( is never closed");
  return fail(next, "have a ) for every (", `there is ${named(next)} before the )`);
}

function fail(token: Token, must: string, but: string, suggestion?: string): never {
  const { start, end } = token.span;
  throw new ExpressionProblem(must, but, suggestion, { start, end: Math.max(end, start + 1) });
}
