/** `bosonize correlations`: correlation functions of the reservoir for any M, and their Gaussian limit. */

import type { Command } from "commander";
import type { Complex } from "../algebra/matrix.ts";
import { correlations as correlationsAt } from "../limits/correlations.ts";
import { parseWord, type Word } from "../limits/word.ts";
import type { Size } from "../model/types.ts";
import { loadModel } from "./loadModel.ts";
import { numberList, sizeList } from "./options.ts";
import { complexQuantity, magnitude, quantity, sizeText } from "./quantities.ts";
import { answer } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";

const help = `
The word is what is multiplied, in order: couplings numbered from 1, ' for the adjoint. Each letter has its time.
v_q is centred, and C_M = M^(-n/2) <S_q(t_1) ... S_q'(t_n)> with S_q(t) the sum of v_q(t) over the sites.

Examples:
  bosonize correlations model.yaml --word "1,1'" --times 0.5,0 --sizes 10,inf
      <v_1(0.5) v_1†(0)>, which is the same for every M
  bosonize correlations model.yaml --word "1,1',1,1'" --times 0,0,0,0 --sizes 1,10,100,1000,inf
      a fourth moment, and how it becomes that of a Gaussian
  bosonize correlations model.yaml --word "1,1'" --times=-1,0 --json
      a time below 0 needs the = sign`;

interface Options {
  readonly word: string;
  readonly times: readonly number[];
  readonly sizes: readonly (number | string)[];
  readonly json?: true;
}

export function correlations(program: Command): void {
  program
    .command("correlations")
    .summary("correlation functions of the reservoir for any M, and their limit")
    .description("Correlation functions of the site operators in the reservoir's initial state, exact for every M.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .requiredOption("-w, --word <letters>", `what is multiplied, such as "1,1'"`)
    .requiredOption("-t, --times <list>", "one time for each letter", numberList)
    .option("-s, --sizes <list>", "sizes M", sizeList, [1, 10, 100, 1000, "inf"])
    .option("--json", "print the values as JSON and nothing else")
    .addHelpText("after", help)
    .action(async (file: string, options: Options) => {
      const sizes = options.sizes.map(wholeSize);
      const { model } = await loadModel(file);
      const { word, values } = inputChecked(() => {
        const read = parseWord(options.word, options.times, model.couplings.length);
        return { word: read, values: correlationsAt(model, read, sizes) };
      });
      answer(options.json ? document(model.name, word, sizes, values) : report(model.name, word, sizes, values));
    });
}

function wholeSize(size: number | string): Size {
  if (size === "inf") return Number.POSITIVE_INFINITY;
  if (!Number.isInteger(size)) {
    throw new Stop(exitCode.wrongInput, `--sizes: a size must be a whole number or inf, but one is ${size}.`);
  }
  return Number(size);
}

/** What the library objects to in a word is for the user to mend. */
function inputChecked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new Stop(exitCode.wrongInput, `--word: ${error.message}`);
    throw error;
  }
}

function report(name: string, word: Word, sizes: readonly Size[], values: readonly Complex[]): string {
  const product = word.map(({ coupling, dagger, time }) => `v_${coupling}${dagger ? "†" : ""}(${quantity(time)})`);
  const limit = values[sizes.indexOf(Number.POSITIVE_INFINITY)];
  const rows = sizes.map((size, i) => {
    const { re, im } = values[i];
    const away = limit === undefined || values[i] === limit ? "" : magnitude(Math.hypot(re - limit.re, im - limit.im));
    return [sizeText(size), complexQuantity(tidy(values[i]), 10), away];
  });
  return [
    name,
    "",
    `C_M = <${product.join(" ")}>, scaled by ${scale(word.length)}; M = ∞ by Wick's theorem`,
    table([{ title: "M" }, { title: "C_M", align: "left" }, { title: "|C_M - C_∞|" }], rows),
  ].join("\n");
}

/** Parts that are rounding errors beside the other part are not shown. */
function tidy({ re, im }: Complex): Complex {
  const small = 1e-14 * Math.hypot(re, im);
  return { re: Math.abs(re) <= small ? 0 : re, im: Math.abs(im) <= small ? 0 : im };
}

function document(name: string, word: Word, sizes: readonly Size[], values: readonly Complex[]): string {
  const pairs = sizes.map((size, i) => [
    size === Number.POSITIVE_INFINITY ? "inf" : String(size),
    [values[i].re, values[i].im],
  ]);
  return JSON.stringify({ schema: "bosonize/correlations@1", name, word, values: Object.fromEntries(pairs) });
}

/** M^(-n/2) as one writes it. */
function scale(n: number): string {
  if (n === 2) return "1/M";
  return n % 2 === 0 ? `M^-${n / 2}` : `M^(-${n}/2)`;
}
