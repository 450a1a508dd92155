import { expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import type { Run } from "../../src/dynamics/run.ts";
import { documentRun, modelName, type ResultDocument, resultDocument, sizeOf } from "../../src/io/document.ts";
import type { Observable } from "../../src/model/types.ts";

const run: Run = {
  size: Number.POSITIVE_INFINITY,
  rho: {
    times: [0, 2.5],
    dimension: 2,
    re: Float64Array.of(0.25, 0.1, 0.1, 0.75, 0.5, -0.3, -0.3, 0.5),
    im: Float64Array.of(0, 0.2, -0.2, 0, 0, 0.4, -0.4, 0),
  },
  error: {
    tolerance: 1e-8,
    estimate: 2e-9,
    bound: null,
    converged: true,
    boundAt: null,
    parts: { truncation: 1e-9, propagation: 1e-9, average: 0 },
  },
  method: "fock",
  path: "minimal form",
  cost: { modes: 1, cutoff: 4, dimension: 6, sectors: 1, applications: 12, seconds: 0.01 },
  warnings: ["The bath is small."],
};

const observables: Observable[] = [
  {
    kind: "expectation",
    name: "sz",
    operator: matrix([
      [1, 0],
      [0, -1],
    ]),
    hermitian: true,
  },
  {
    kind: "expectation",
    name: "c",
    operator: matrix([
      [0, 0],
      [1, 0],
    ]),
    hermitian: false,
  },
  { kind: "measure", name: "arrow", measure: "bloch", parts: [] },
];

const observed = {
  sz: { kind: "real" as const, values: Float64Array.of(-0.5, 0) },
  c: { kind: "complex" as const, re: [0.1, -0.3], im: [0.2, 0.4] },
  arrow: {
    kind: "vector" as const,
    components: ["x", "y", "z"],
    values: [
      [0.2, -0.6],
      [-0.4, -0.8],
      [-0.5, 0],
    ],
  },
};

function make(spec: object = { name: "two levels", sizes: [Number.POSITIVE_INFINITY], times: [0, 2.5] }) {
  return resultDocument({
    spec,
    observables,
    times: [0, 2.5],
    modes: [
      {
        k: 1,
        l: 2,
        reservoir: 1,
        population: 0.5,
        frequency: 0.7,
        coupling: matrix([
          [0, [0, 0.1]],
          [0.2, 0],
        ]),
      },
    ],
    runs: [documentRun(run, observed), documentRun({ ...run, size: 1e23 }, observed)],
    version: "0.1.0",
    runtime: "node v20.19.0",
  });
}

test("the document has the keys and shapes that its schema promises", () => {
  const document: ResultDocument = JSON.parse(JSON.stringify(make()));
  expect(document.schema).toBe("bosonize/result@1");
  expect(document.times).toEqual([0, 2.5]);
  expect(document.modes).toEqual([
    {
      k: 1,
      l: 2,
      reservoir: 1,
      frequency: 0.7,
      coupling: [
        [
          [0, 0],
          [0, 0.1],
        ],
        [
          [0.2, 0],
          [0, 0],
        ],
      ],
    },
  ]);
  expect(document.runs.map(({ size }) => size)).toEqual(["inf", 1e23]);
  const [first] = document.runs;
  expect(first.rho[1]).toEqual([
    [
      [0.5, 0],
      [-0.3, 0.4],
    ],
    [
      [-0.3, -0.4],
      [0.5, 0],
    ],
  ]);
  expect(first.rho[0][1][0]).toEqual([0.1, -0.2]);
  expect(first.error).toMatchObject({ tolerance: 1e-8, estimate: 2e-9, bound: null, converged: true });
  expect(first.method).toBe("fock");
  expect(first.cost).toEqual({ modes: 1, cutoff: 4, dimension: 6, sectors: 1, applications: 12, seconds: 0.01 });
  expect(Object.keys(document.reproduce)).toEqual(["bosonize", "runtime", "modelHash"]);
  expect(document.reproduce).toMatchObject({ bosonize: "0.1.0", runtime: "node v20.19.0" });
});

test("observables are lists over times: complex ones of pairs, vectors one list a component", () => {
  const document = make();
  expect(document.runs[0].observables).toEqual({
    sz: [-0.5, 0],
    c: [
      [0.1, 0.2],
      [-0.3, 0.4],
    ],
    "arrow.x": [0.2, -0.6],
    "arrow.y": [-0.4, -0.8],
    "arrow.z": [-0.5, 0],
  });
  expect(document.observables).toEqual({
    sz: { meaning: "expectation", complex: false },
    c: { meaning: "expectation", complex: true },
    "arrow.x": { meaning: "bloch", complex: false },
    "arrow.y": { meaning: "bloch", complex: false },
    "arrow.z": { meaning: "bloch", complex: false },
  });
});

test("an observable that would take the name of a component is refused", () => {
  const clash = { ...observed, "arrow.x": { kind: "real" as const, values: [0, 0] } };
  expect(() => documentRun(run, clash)).toThrow("two observables are listed as `arrow.x`");
});

test("the hash is that of the model: the same whatever the order of keys, another for another model", () => {
  const hash = (spec: object) => make(spec).reproduce.modelHash;
  const first = hash({ name: "a", system: { dims: 2, state: "plus" }, sizes: [Number.POSITIVE_INFINITY] });
  expect(hash({ sizes: ["inf"], system: { state: "plus", dims: 2 }, name: "a" })).toBe(first);
  expect(hash({ sizes: ["inf"], system: { state: "minus", dims: 2 }, name: "a" })).not.toBe(first);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
});

test("the limit in the model is written inf, and a NaN in it is refused by its path", () => {
  expect(make().model).toEqual({ name: "two levels", sizes: ["inf"], times: [0, 2.5] });
  expect(() => make({ times: [0, Number.NaN] })).toThrow("`model.times[1]`");
});

test("a bound that is infinite proves nothing and is null", () => {
  const unproved = { ...run, error: { ...run.error, bound: Number.POSITIVE_INFINITY } };
  expect(documentRun(unproved, {}).error.bound).toBeNull();
  expect(documentRun({ ...run, error: { ...run.error, bound: 1e-5 } }, {}).error.bound).toBe(1e-5);
});

test("an interrupted run and a mean-field run are marked, and absent otherwise", () => {
  const document = make();
  expect("partial" in document || "meanField" in document).toBe(false);
  const parts = { spec: {}, observables: [], times: [], modes: [], runs: [], version: "0.1.0", runtime: "node" };
  const marked = resultDocument({ ...parts, partial: true, meanField: documentRun(run, {}) });
  expect(marked.partial).toBe(true);
  expect(marked.meanField?.rho).toHaveLength(2);
});

test("names and sizes read back", () => {
  expect(modelName(make())).toBe("two levels");
  expect(modelName(make({}))).toBe("model");
  expect([sizeOf("inf"), sizeOf(10)]).toEqual([Number.POSITIVE_INFINITY, 10]);
});

test("the bound at each time is kept, null where nothing is proved", () => {
  const error = {
    ...run.error,
    bound: Number.POSITIVE_INFINITY,
    boundAt: Float64Array.of(1e-9, Number.POSITIVE_INFINITY),
  };
  expect(documentRun({ ...run, error }, observed).error).toMatchObject({ bound: null, boundAt: [1e-9, null] });
  expect(documentRun(run, observed).error.boundAt).toBe(null);
});
