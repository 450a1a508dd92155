/** Stands for node:child_process in the command line, which starts no other program (scripts/build.js). */
module.exports = {};
