/** The envelope that an expression in t means: real numbers, + - * / ^, and a few functions. */

import { type Envelope, envelopeAt } from "./envelope.ts";
import { closestWord } from "./spelling.ts";
import { type Expression, parseExpression } from "./syntax.ts";
import { ExpressionProblem } from "./value.ts";

/** What an envelope may use, as one writes it, and what it means: for messages and for docs/model-file.md. */
export const envelopeNames = [
  { name: "t", usage: "t", meaning: "time" },
  { name: "pi", usage: "pi", meaning: "3.14159…" },
  { name: "cos", usage: "cos(x)", meaning: "cosine" },
  { name: "sin", usage: "sin(x)", meaning: "sine" },
  { name: "exp", usage: "exp(x)", meaning: "exponential" },
  { name: "sqrt", usage: "sqrt(x)", meaning: "square root; x must stay above 0" },
  { name: "tanh", usage: "tanh(x)", meaning: "hyperbolic tangent, a smooth step from -1 to 1" },
  {
    name: "gaussian",
    usage: "gaussian(x, x0, width)",
    meaning: "exp(-(x - x0)^2 / (2 width^2)), 1 at its top",
  },
  { name: "step", usage: "step(t, t0)", meaning: "0 before t0, 1 from t0 on" },
] as const;

/** Throws ExpressionProblem, with the characters that are meant. */
export function envelopeOf(text: string): Envelope {
  return convert(parseExpression(text), text);
}

function convert(node: Expression, text: string): Envelope {
  switch (node.kind) {
    case "number":
      if (node.im !== 0) fail(node, text, "be real", "is imaginary");
      return number(node.re);
    case "text":
      return fail(node, text, "be an expression in t", "is a text");
    case "negative":
      return folded({ kind: "product", left: number(-1), right: convert(node.of, text) });
    case "binary": {
      const left = convert(node.left, text);
      if (node.operator === "^") {
        const exponent = convert(node.right, text);
        if (exponent.kind !== "number")
          fail(node.right, text, "be a number, as an exponent", "depends on t", "exp(x) is the exponential.");
        return folded({ kind: "power", of: left, exponent: (exponent as { value: number }).value });
      }
      const right = convert(node.right, text);
      if (node.operator === "-") {
        return folded({ kind: "sum", left, right: folded({ kind: "product", left: number(-1), right }) });
      }
      if (node.operator === "/" && right.kind === "number" && right.value === 0)
        fail(node, text, "divide by numbers other than 0", "divides by 0");
      const kind = ({ "+": "sum", "*": "product", "/": "quotient" } as const)[node.operator];
      return folded({ kind, left, right });
    }
    case "name":
      return named(node, text);
  }
}

function named(node: Expression & { kind: "name" }, text: string): Envelope {
  const known = envelopeNames.find(({ name }) => name === node.name);
  if (known === undefined) {
    const closest = closestWord(
      node.name,
      envelopeNames.map(({ name }) => name),
    );
    const all = envelopeNames.map(({ usage }) => `\`${usage}\``).join(", ");
    throw new ExpressionProblem(
      "use names that an envelope knows",
      `\`${node.name}\` is not one`,
      closest ? `Did you mean \`${closest}\`?` : `They are ${all}.`,
      { start: node.span.start, end: node.span.start + node.name.length },
    );
  }
  const args = (node.args ?? []).map((arg) => convert(arg, text));
  const arity = known.usage.includes("(") ? known.usage.split(",").length : 0;
  if (args.length !== arity) {
    fail(node, text, `be written \`${known.usage}\``, `is given ${args.length} arguments`);
  }
  switch (known.name) {
    case "t":
      return { kind: "time" };
    case "pi":
      return number(Math.PI);
    case "sqrt":
      return folded({ kind: "power", of: args[0], exponent: 0.5 });
    case "gaussian": {
      const [x, x0, width] = args;
      if (width.kind === "number" && !(width.value > 0)) fail(node, text, "have a width above 0", "has another");
      const away = folded({ kind: "sum", left: x, right: folded({ kind: "product", left: number(-1), right: x0 }) });
      const ratio: Envelope = folded({ kind: "quotient", left: away, right: width });
      const square: Envelope = folded({ kind: "power", of: ratio, exponent: 2 });
      return folded({ kind: "exp", of: folded({ kind: "product", left: number(-0.5), right: square }) });
    }
    case "step": {
      const [x, at] = args;
      if (x.kind !== "time" || at.kind !== "number") {
        fail(node, text, "be written `step(t, t0)` with a number t0", "is written otherwise");
      }
      return { kind: "step", at: (at as { value: number }).value };
    }
    default:
      return folded({ kind: known.name, of: args[0] });
  }
}

function number(value: number): Envelope {
  return { kind: "number", value };
}

/** The number itself where nothing depends on t. */
function folded(envelope: Envelope): Envelope {
  const parts = "left" in envelope ? [envelope.left, envelope.right] : "of" in envelope ? [envelope.of] : [];
  return parts.every((part) => part.kind === "number") ? number(envelopeAt(envelope, 0)) : envelope;
}

function fail(node: Expression, text: string, must: string, but: string, suggestion?: string): never {
  const part = text.slice(node.span.start, node.span.end);
  throw new ExpressionProblem(must, `\`${part}\` ${but}`, suggestion, node.span);
}
