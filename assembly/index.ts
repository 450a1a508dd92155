/** What the module exports. Nothing here allocates: every pointer comes from the caller (src/kernels/arena.ts). */

export { eigensystemScratch, hermitianEigensystem, symmetricEigensystem } from "./eigensystem";
export { spreadTerms, sumsOfGrid, transformPasses } from "./fourier";
export { productTransposed } from "./product";
export { complexRows, ladders, products, realRows, subtractScaled } from "./lanczos";
export { superpose } from "./combine";
export { formBlocks } from "./form";
export { chainStep } from "./chain";
