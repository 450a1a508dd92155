/** Writes the parts of docs/ that are made from the code: the model file's JSON Schema and its table of names. */

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { modelFileDocs, withTable } from "../dist/model/documentation.js";

const docs = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs");
const page = join(docs, "model-file.md");
const { schema, table } = modelFileDocs();

writeFileSync(join(docs, "model-file.schema.json"), schema);
writeFileSync(page, withTable(readFileSync(page, "utf8"), table));
process.stdout.write("Wrote docs/model-file.schema.json and the names in docs/model-file.md\n");
