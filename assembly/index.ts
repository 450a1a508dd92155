/** What the module exports. Nothing here allocates: every pointer comes from the caller (src/kernels/arena.ts). */

export { eigensystemScratch, symmetricEigensystem } from "./eigensystem";
export { hermitianEigensystem } from "./hermitianEigensystem";
export { spreadTerms, sumsOfGrid, transformPasses } from "./fourier";
export { productTransposed } from "./product";
export { subtractScaled } from "./lanczos";
export { complexRows, realRows } from "./rows";
export { products } from "./products";
export { blocks } from "./blocks";
export { superpose } from "./combine";
export { formBlocks } from "./form";
export { chainStep } from "./chain";
