/** What a model asks to observe: operators for tr(A ρ_S(t)), and measures. */

import type { Matrix } from "../algebra/matrix.ts";
import { hermitianDefect, maxAbs } from "../algebra/matrix.ts";
import { densityOn } from "./density.ts";
import { evaluate, suggestedName } from "./expression.ts";
import type { Path, Report, Span } from "./issue.ts";
import { mustBut, shortened } from "./issue.ts";
import { asMapping } from "./mapping.ts";
import type { MeasureName } from "./measures.ts";
import { measures } from "./measures.ts";
import type { Space } from "./operatorOf.ts";
import { operatorOn, rounding } from "./operatorOf.ts";
import { projection } from "./operators.ts";
import { closestWord } from "./spelling.ts";
import type { Expression } from "./syntax.ts";
import { parseExpression } from "./syntax.ts";
import type { Expectation, Measure, Observable } from "./types.ts";
import { ExpressionProblem } from "./value.ts";

/** What observables are of. */
export interface Observed {
  readonly space?: Space | undefined;
  /** The state at t = 0, for fidelity(). */
  readonly state?: Matrix | undefined;
  readonly hamiltonian?: Matrix | undefined;
}

/** Reads `observe`; those that are wrong are reported and left out. */
export function readObservables(written: unknown, of: Observed, report: Report): Observable[] {
  if (written === undefined) return [];
  const path: Path = ["observe"];
  const mapping = asMapping(written, path, "a mapping from names to operators or measures", report);
  if (!mapping) return [];
  const read = Object.entries(mapping).flatMap(
    ([name, one]) => readObservable(name, one, [...path, name], of, report) ?? [],
  );
  return read.filter(({ name }) => isAlone(name, read, path, report));
}

/** A vector is listed by its components: a.x, a.y, a.z, or a.0, a.1, …; reports another observable of such a name. */
function isAlone(name: string, all: readonly Observable[], path: Path, report: Report): boolean {
  const vector = all.find(
    (one) =>
      one.kind === "measure" &&
      (one.measure === "bloch" || one.measure === "populations") &&
      name.startsWith(`${one.name}.`) &&
      /^([xyz]|\d+)$/.test(name.slice(one.name.length + 1)),
  );
  if (vector === undefined) return true;
  const but = `is what a component of \`observe.${vector.name}\` is listed as`;
  report(mustBut([...path, name], "have another name", but, { key: true, suggestion: "Rename one of the two." }));
  return false;
}

function readObservable(
  name: string,
  written: unknown,
  path: Path,
  of: Observed,
  report: Report,
): Observable | undefined {
  if (name.trim() === "") {
    report(mustBut(path, "have a name", "has none", { key: true }));
    return undefined;
  }
  if (typeof written === "string") {
    const tree = treeOf(written);
    if (tree?.kind === "name") {
      const measure = measures.find((one) => one.name === tree.name);
      if (measure) return readMeasure(name, measure, tree, written, path, of, report);
    }
    const inside = tree && measureInside(tree);
    if (inside) {
      report(
        mustBut(path, "be an operator or a single measure", `\`${inside.name}\` stands inside an expression`, {
          found: shortened(written),
          span: inside.span,
          suggestion: "Measures stand alone; compute with their numbers afterwards.",
        }),
      );
      return undefined;
    }
  }
  const operator = operatorOn(of.space, written, path, withMeasureNames(report, written));
  return operator && expectation(name, operator);
}

function expectation(name: string, operator: Matrix): Expectation {
  const hermitian = hermitianDefect(operator) <= rounding * maxAbs(operator);
  return { kind: "expectation", name, operator, hermitian };
}

function readMeasure(
  name: string,
  measure: MeasureName,
  node: Expression & { kind: "name" },
  text: string,
  path: Path,
  of: Observed,
  report: Report,
): Observable | undefined {
  const args = node.args ?? [];
  const found = shortened(text);
  const usage = measure.usage.split(" or ").map((way) => `\`${way}\``);
  const wrong = (but: string, span: Span = node.span, suggestion?: string): undefined => {
    report(mustBut(path, `be written ${usage.join(" or ")}`, but, { found, span, ...(suggestion && { suggestion }) }));
  };
  const [least, most] = measure.arity;
  if (args.length < least || args.length > most) return wrong(`has ${args.length} arguments`);
  if (measure.takes === "state") return withState(name, measure, args[0], text, path, of, report);
  if (of.space === undefined) return undefined;
  const { dims, dimension } = of.space;

  const limit = measure.takes === "indices" ? dimension : dims.length;
  const numbers: number[] = [];
  for (const arg of args) {
    const { value } = evaluate(text.slice(arg.span.start, arg.span.end));
    const k = value?.kind === "scalar" && value.im === 0 ? value.re : Number.NaN;
    const what = measure.takes === "indices" ? "index" : "part";
    const range = `${what}s of S go from 0 to ${limit - 1}`;
    if (!Number.isInteger(k) || k < 0 || k >= limit) {
      return wrong(
        `has \`${text.slice(arg.span.start, arg.span.end)}\``,
        arg.span,
        `The ${range.replace("indexs", "indices")}.`,
      );
    }
    numbers.push(k);
  }
  if (measure.measure === undefined) {
    const [a, b = a] = numbers;
    // tr(|b⟩⟨a| ρ) = ρ_ab
    return expectation(name, projection(dimension, b, a));
  }
  if (new Set(numbers).size < numbers.length) return wrong("names a part twice");
  const parts = numbers.sort((a, b) => a - b);
  const unfit = whyUnfit(measure.measure, parts, dims);
  if (unfit) {
    const more = { found, span: node.span, suggestion: unfit.suggestion };
    report(mustBut(path, "be a measure that S has", unfit.but, more));
    return undefined;
  }
  return { kind: "measure", name, measure: measure.measure, parts };
}

/** Why a measure cannot be taken of these parts, if it cannot. */
function whyUnfit(
  measure: Measure["measure"],
  parts: readonly number[],
  dims: readonly number[],
): { but: string; suggestion: string } | undefined {
  const shape = `\`system.dims\` is ${dims.length === 1 ? dims[0] : `[${dims.join(", ")}]`}`;
  const meant = parts.length === 0 ? dims : parts.map((k) => dims[k]);
  if (measure === "bloch" && (meant.length !== 1 || meant[0] !== 2)) {
    return { but: shape, suggestion: "A Bloch vector is that of a qubit: name a part of dimension 2." };
  }
  if (measure === "concurrence" && (meant.length !== 2 || meant.some((size) => size !== 2))) {
    return {
      but: shape,
      suggestion: "Concurrence needs two qubits, such as `dims: [2, 2]`; for others, take `negativity()`.",
    };
  }
  if (measure === "negativity" && (dims.length < 2 || parts.length === dims.length)) {
    return { but: shape, suggestion: "Negativity needs a cut between parts: `dims: [2, 2]` makes S of two." };
  }
  return undefined;
}

function withState(
  name: string,
  measure: MeasureName,
  arg: Expression | undefined,
  text: string,
  path: Path,
  of: Observed,
  report: Report,
): Measure | undefined {
  const kind = measure.measure;
  if (kind === undefined) return undefined;
  let reference = of.state;
  if (arg) {
    const { start, end } = arg.span;
    const shifted: Report = (issue) => {
      const { start: from, end: to } = issue.span ?? { start: 0, end: end - start };
      report({ ...issue, found: shortened(text), span: { start: from + start, end: to + start } });
    };
    reference = densityOn(of.space, text.slice(start, end), path, shifted, { hamiltonian: of.hamiltonian });
  }
  return reference && { kind: "measure", name, measure: kind, parts: [], reference };
}

function treeOf(text: string): Expression | undefined {
  try {
    return parseExpression(text);
  } catch (error) {
    // It is parsed again, and the problem reported, as an operator.
    if (error instanceof ExpressionProblem) return undefined;
    throw error;
  }
}

function measureInside(node: Expression): { name: string; span: Span } | undefined {
  switch (node.kind) {
    case "name":
      if (measures.some((one) => one.name === node.name)) return { name: node.name, span: node.span };
      return firstOf(node.args ?? []);
    case "negative":
      return measureInside(node.of);
    case "binary":
      return firstOf([node.left, node.right]);
    default:
      return undefined;
  }
}

function firstOf(nodes: readonly Expression[]): { name: string; span: Span } | undefined {
  for (const node of nodes) {
    const inside = measureInside(node);
    if (inside) return inside;
  }
  return undefined;
}

/** Lets a name that is not known be compared with those of the measures as well. */
function withMeasureNames(report: Report, written: unknown): Report {
  return (issue) => {
    const word = typeof written === "string" && issue.span && written.slice(issue.span.start, issue.span.end);
    const isName = word && issue.message.includes(`\`${word}\` is not one`);
    const meant = isName ? suggestedMeasure(word) : undefined;
    report(meant ? { ...issue, suggestion: meant } : issue);
  };
}

function suggestedMeasure(word: string): string | undefined {
  const known = measures.find((one) => one.elsewhere?.includes(word.toLowerCase()));
  const closest =
    known?.name ??
    closestWord(
      word,
      measures.map((one) => one.name),
    );
  const measure = measures.find((one) => one.name === closest);
  // An operator's name may be nearer still.
  if (!measure || (!known && suggestedName(word)?.startsWith("Did you mean"))) return undefined;
  const usage = measure.usage.split(" or ")[0];
  return known ? `Here it is \`${usage}\`.` : `Did you mean \`${usage}\`?`;
}
