/** Where threads begin: with the bundle that `workerData.bundle` names. */

const { workerData } = require("node:worker_threads");
const { load } = require("./load.js");

load(workerData.bundle, "all");
