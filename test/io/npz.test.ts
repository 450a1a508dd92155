import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { npz } from "../../src/io/npz.ts";
import { makeDocument } from "../figures/documents.ts";
import { readNpz } from "./npyReader.ts";

const numpy = spawnSync("python3", ["-c", "import numpy; print(numpy.__version__)"], { encoding: "utf8" });

test("every array of the result comes back exactly", async () => {
  const document = await makeDocument({ times: [0, 0.5, -2], sizes: [10, 1e23, Number.POSITIVE_INFINITY] });
  const arrays = readNpz(npz(document));
  expect(Object.keys(arrays)).toEqual([
    ...["times", "sizes", "mode_levels", "mode_frequencies", "mode_couplings"],
    ...["10", "1e23", "inf"].flatMap((size) => [
      `rho_${size}`,
      ...["sz", "coherence", "purity"].map((name) => `observable_${name}_${size}`),
      `bound_${size}`,
    ]),
  ]);
  expect(arrays.times).toMatchObject({ shape: [3], values: [0, 0.5, -2] });
  expect(arrays.sizes.values).toEqual([10, 1e23, Number.POSITIVE_INFINITY]);
  expect(arrays.mode_levels).toMatchObject({ shape: [2, 2], values: [1, 2, 2, 1] });
  expect(arrays.mode_frequencies.values).toEqual([1, -1]);
  expect(arrays.mode_couplings).toMatchObject({ descriptor: "<c16", shape: [2, 2, 2] });
  expect(arrays.mode_couplings.values).toEqual(document.modes.flatMap(({ coupling }) => coupling.flat(2)));
  document.runs.forEach((run, r) => {
    const size = ["10", "1e23", "inf"][r];
    expect(arrays[`rho_${size}`]).toMatchObject({ descriptor: "<c16", shape: [3, 2, 2] });
    expect(arrays[`rho_${size}`].values).toEqual(run.rho.flat(3));
    expect(arrays[`observable_sz_${size}`]).toMatchObject({ descriptor: "<f8", values: run.observables.sz });
    expect(arrays[`observable_coherence_${size}`].values).toEqual(run.observables.coherence.flat());
    expect(arrays[`bound_${size}`]).toMatchObject({ descriptor: "<f8", values: [0, 1e-8, 4e-8] });
  });
});

test("the mean-field run has its own arrays", async () => {
  const document = await makeDocument({ times: [0, 1], sizes: [10], meanField: true });
  const arrays = readNpz(npz(document));
  expect(arrays.rho_meanfield.values).toEqual(document.meanField?.rho.flat(3));
  expect(arrays.observable_sz_meanfield.shape).toEqual([2]);
});

test("equal results are equal files", async () => {
  const [first, second] = await Promise.all([makeDocument({ times: [0, 1] }), makeDocument({ times: [0, 1] })]);
  expect(Buffer.compare(npz(first), npz(second))).toBe(0);
});

test.skipIf(numpy.status !== 0)("NumPy reads it: complex128, the last index fastest", async () => {
  const document = await makeDocument();
  const folder = mkdtempSync(join(tmpdir(), "bosonize-npz-"));
  try {
    const path = join(folder, "result.npz");
    writeFileSync(path, npz(document));
    const script = `
import json, sys, numpy
z = numpy.load(sys.argv[1])
rho = z["rho_1000"]
print(json.dumps({
    "dtypes": {k: str(z[k].dtype) for k in z.files},
    "shape": rho.shape,
    "entry": [rho[599, 0, 1].real, rho[599, 0, 1].imag],
    "sz": z["observable_sz_inf"].tolist(),
    "trace": float(abs(numpy.trace(rho, axis1=1, axis2=2) - 1).max()),
    "c_order": bool(rho.flags["C_CONTIGUOUS"]),
}))`;
    const { stdout, stderr } = spawnSync("python3", ["-c", script, path], { encoding: "utf8" });
    expect(stderr).toBe("");
    const read = JSON.parse(stdout);
    expect(read.shape).toEqual([601, 2, 2]);
    expect(read.dtypes).toMatchObject({ times: "float64", rho_inf: "complex128", mode_levels: "int32" });
    expect(read.dtypes.observable_coherence_inf).toBe("complex128");
    expect(read.entry).toEqual(document.runs[2].rho[599][0][1]);
    expect(read.sz).toEqual(document.runs[3].observables.sz);
    expect(read.trace).toBeLessThan(1e-15);
    expect(read.c_order).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
