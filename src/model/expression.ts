/** The value of an expression such as `0.5 * kron(sigmaz, qeye(2))`. */

import { functions } from "./functions.ts";
import type { Name, Scope } from "./name.ts";
import { operators } from "./operators.ts";
import { closestWord } from "./spelling.ts";
import { states } from "./states.ts";
import type { Expression } from "./syntax.ts";
import { parseExpression } from "./syntax.ts";
import type { Value } from "./value.ts";
import { ExpressionProblem, power, product, quotient, scalar, sum } from "./value.ts";

/** Every name an expression may use: what is understood, what is suggested and what is documented. */
export const names: readonly Name[] = [...operators, ...states, ...functions];

const byName = new Map<string, Name>();
const fromElsewhere = new Map<string, Name>();
for (const entry of names) {
  for (const name of [entry.name, ...(entry.aliases ?? [])]) byName.set(name, entry);
  for (const name of entry.elsewhere ?? []) fromElsewhere.set(name.toLowerCase(), entry);
}

export type Evaluated =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: ExpressionProblem };

/** The value of the text of an expression, or what is wrong with it and where. Never throws. */
export function evaluate(text: string, scope: Scope = {}): Evaluated {
  try {
    return { value: valueOfNode(parseExpression(text), text, scope) };
  } catch (error) {
    if (error instanceof ExpressionProblem) return { problem: error };
    throw error;
  }
}

function valueOfNode(node: Expression, text: string, scope: Scope): Value {
  switch (node.kind) {
    case "number":
      return scalar(node.re, node.im);
    case "text":
      return { kind: "text", text: node.text };
    case "negative": {
      const of = valueOfNode(node.of, text, scope);
      return at(node, text, () => product(scalar(-1), of));
    }
    case "binary": {
      const left = valueOfNode(node.left, text, scope);
      const right = valueOfNode(node.right, text, scope);
      return at(node, text, () => {
        switch (node.operator) {
          case "+":
            return sum(left, right, 1);
          case "-":
            return sum(left, right, -1);
          case "*":
            return product(left, right);
          case "/":
            return quotient(left, right);
          case "^":
            return power(left, right);
        }
      });
    }
    case "name":
      return valueOfName(node, text, scope);
  }
}

function valueOfName(node: Expression & { kind: "name" }, text: string, scope: Scope): Value {
  const entry = byName.get(node.name);
  if (!entry) {
    const end = node.span.start + node.name.length;
    throw new ExpressionProblem("use names that are known", `\`${node.name}\` is not one`, suggestedName(node.name), {
      start: node.span.start,
      end,
    });
  }
  const args = (node.args ?? []).map((arg) => valueOfNode(arg, text, scope));
  return at(node, text, () => {
    const [least, most] = entry.arity;
    if (args.length < least || args.length > most) {
      const count = args.length === 0 ? "nothing" : args.length === 1 ? "1 argument" : `${args.length} arguments`;
      const must = most === 0 ? "be given nothing" : `be written ${inCode(entry.usage)}`;
      throw new ExpressionProblem(must, `is given ${count}`);
    }
    return entry.build(args, scope);
  });
}

/** Does it, and gives whatever goes wrong the place and the text of the sub-expression. */
function at(node: Expression, text: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ExpressionProblem) || error.span) throw error;
    const { start, end } = node.span;
    const part = text.slice(start, end);
    const but = `\`${part.length > 60 ? `${part.slice(0, 59)}…` : part}\` ${error.but}`;
    throw new ExpressionProblem(error.must, but, error.suggestion, node.span);
  }
}

/** "Did you mean …?" for a name that is not known, or undefined. */
export function suggestedName(word: string): string | undefined {
  const known = fromElsewhere.get(word.toLowerCase());
  if (known) return `Here it is ${inCode(known.usage)}.`;
  const closest = closestWord(word, [...byName.keys()]);
  const entry = closest === undefined ? undefined : byName.get(closest);
  if (entry === undefined || closest === undefined) return "The names are listed in docs/model-file.md.";
  return `Did you mean ${closest === entry.name ? inCode(entry.usage) : `\`${closest}\``}?`;
}

function inCode(usage: string): string {
  return usage
    .split(" or ")
    .map((way) => `\`${way}\``)
    .join(" or ");
}
