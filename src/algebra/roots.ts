/** e^{iφ} from a table of roots of unity: several times as fast as cos and sin of a number, and good to rounding. */

/** Roots in the table. */
export const manyRoots = 1024;

/** e^{2πik/1024}, real and imaginary parts in turn: phases between are found from the nearest of these. */
export const roots = Float64Array.from({ length: 2 * manyRoots }, (_, i) => {
  const angle = (2 * Math.PI * (i >> 1)) / manyRoots;
  return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
});

/** cos and sin of 2π/1024 times a number: those of the nearest root, turned by the few terms of a series. */
export function phaseAt(place: number): [number, number] {
  const within = place - manyRoots * Math.floor(place / manyRoots);
  const nearest = Math.floor(within + 0.5);
  const x = (within - nearest) * ((2 * Math.PI) / manyRoots);
  const cos = 1 - x * x * (0.5 - (x * x) / 24);
  const sin = x - x * x * x * (1 / 6 - (x * x) / 120);
  const at = 2 * (nearest % manyRoots);
  return [roots[at] * cos - roots[at + 1] * sin, roots[at + 1] * cos + roots[at] * sin];
}

/** How many roots are a radian. */
export const rootsPerRadian = manyRoots / (2 * Math.PI);
