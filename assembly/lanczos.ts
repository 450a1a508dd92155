/**
 * One step of Lanczos' recursion: y = σ H x − γ z, the overlap ⟨x|y⟩ taken along, then y −= s x with its norm taken along.
 * Vectors are kept unnormalised, their scales σ, γ, s folded in, so that no pass is spent on normalising. A state has
 * `width` numbers: 1 for real vectors, 2 for complex ones (real and imaginary part beside each other). Twin:
 * src/kernels/lanczosTwin.ts.
 */

@inline function sumOf(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

@inline function index(at: usize, i: usize): usize {
  return <usize>load<u32>(at + (i << 2));
}

/** H real, in compressed rows. */
export function realRows(
  rows: usize, rowStart: usize, column: usize, values: usize, width: i32,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  return width === 1
    ? realRowsOfReal(rows, rowStart, column, values, x, z, y, sigma, gamma)
    : realRowsOfComplex(rows, rowStart, column, values, x, z, y, sigma, gamma);
}

function realRowsOfReal(
  rows: usize, rowStart: usize, column: usize, values: usize, x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  let overlap: f64 = 0;
  let e: usize = index(rowStart, 0);
  for (let i: usize = 0; i < rows; i++) {
    const end = index(rowStart, i + 1);
    let s: f64 = 0;
    let s2: f64 = 0;
    for (; e + 1 < end; e += 2) {
      s += load<f64>(values + (e << 3)) * load<f64>(x + (index(column, e) << 3));
      s2 += load<f64>(values + (e << 3), 8) * load<f64>(x + (index(column, e + 1) << 3));
    }
    if (e < end) {
      s += load<f64>(values + (e << 3)) * load<f64>(x + (index(column, e) << 3));
      e++;
    }
    const at = i << 3;
    const out = sigma * (s + s2) - gamma * load<f64>(z + at);
    store<f64>(y + at, out);
    overlap += out * load<f64>(x + at);
  }
  return overlap;
}

function realRowsOfComplex(
  rows: usize, rowStart: usize, column: usize, values: usize, x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  let overlap = f64x2.splat(0);
  const sig = f64x2.splat(sigma);
  const gam = f64x2.splat(gamma);
  let e: usize = index(rowStart, 0);
  for (let i: usize = 0; i < rows; i++) {
    const end = index(rowStart, i + 1);
    let s = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    for (; e + 1 < end; e += 2) {
      const a = v128.load64_splat(values + (e << 3));
      const b = v128.load64_splat(values + (e << 3), 8);
      s = f64x2.add(s, f64x2.mul(a, v128.load(x + (index(column, e) << 4))));
      s2 = f64x2.add(s2, f64x2.mul(b, v128.load(x + (index(column, e + 1) << 4))));
    }
    if (e < end) {
      s = f64x2.add(s, f64x2.mul(v128.load64_splat(values + (e << 3)), v128.load(x + (index(column, e) << 4))));
      e++;
    }
    const at = i << 4;
    const out = f64x2.sub(f64x2.mul(sig, f64x2.add(s, s2)), f64x2.mul(gam, v128.load(z + at)));
    v128.store(y + at, out);
    overlap = f64x2.add(overlap, f64x2.mul(out, v128.load(x + at)));
  }
  return sumOf(overlap);
}

/** H complex, in compressed rows, real and imaginary parts apart; complex vectors. */
export function complexRows(
  rows: usize, rowStart: usize, column: usize, re: usize, im: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  let overlap = f64x2.splat(0);
  const sig = f64x2.splat(sigma);
  const gam = f64x2.splat(gamma);
  // i q turns (q_re, q_im) to (−q_im, q_re).
  const turn = f64x2(-1, 1);
  let e: usize = index(rowStart, 0);
  for (let i: usize = 0; i < rows; i++) {
    const end = index(rowStart, i + 1);
    let p = f64x2.splat(0);
    let q = f64x2.splat(0);
    for (; e < end; e++) {
      const v = v128.load(x + (index(column, e) << 4));
      p = f64x2.add(p, f64x2.mul(v128.load64_splat(re + (e << 3)), v));
      q = f64x2.add(q, f64x2.mul(v128.load64_splat(im + (e << 3)), v));
    }
    const at = i << 4;
    const turned = f64x2.mul(turn, v128.shuffle<f64>(q, q, 1, 0));
    const out = f64x2.sub(f64x2.mul(sig, f64x2.add(p, turned)), f64x2.mul(gam, v128.load(z + at)));
    v128.store(y + at, out);
    overlap = f64x2.add(overlap, f64x2.mul(out, v128.load(x + at)));
  }
  return sumOf(overlap);
}

/**
 * H without a matrix, for spaces in which every Fock state has all N levels: H_S + E_f + Σ_r (O_r ⊗ B_r† + h.c.) with
 * B_r† = Σ_k c_k b_k† √supply. All numbers are real. `terms` lists for each r: first entry, end, and whether O_r is
 * symmetric (then both directions are summed before O_r acts once); `mode` and `factor` are the entries. `up[n + 1]` and
 * `up[n]` are the roots of the quanta; `supply` holds √supply for each group and total, rows of `totals` numbers, or is 0.
 */
export function ladders(
  fockCount: usize, n: usize, width: usize, modes: usize, occupations: usize, lowered: usize, raised: usize,
  energies: usize, system: usize, termCount: usize, terms: usize, mode: usize, factor: usize, operators: usize,
  roots: usize, groupCount: usize, groupOf: usize, supply: usize, totals: usize, scratch: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const numbers = n * width;
  const bytes = numbers << 3;
  const square = (n * n) << 3;
  // Scratch: sums from below, from above (or both), the result, totals of the groups.
  const below = scratch;
  const above = below + ((bytes + 15) & ~15);
  const result = above + ((bytes + 15) & ~15);
  const inGroup = result + ((bytes + 15) & ~15);
  let overlap: f64 = 0;
  for (let f: usize = 0; f < fockCount; f++) {
    const own = f * bytes;
    const at = f * modes;
    if (supply !== 0) {
      memory.fill(inGroup, 0, groupCount << 2);
      for (let k: usize = 0; k < modes; k++) {
        const g = index(groupOf, k) << 2;
        store<u32>(inGroup + g, load<u32>(inGroup + g) + <u32>load<u16>(occupations + ((at + k) << 1)));
      }
    }
    const energy = load<f64>(energies + (f << 3));
    multiply(system, x + own, result, n, width, false, energy);
    for (let r: usize = 0; r < termCount; r++) {
      const first = index(terms, 3 * r);
      const end = index(terms, 3 * r + 1);
      const symmetric = index(terms, 3 * r + 2) === 1;
      const up = symmetric ? below : above;
      if (bytes === 16) {
        let b = f64x2.splat(0);
        let a = f64x2.splat(0);
        for (let e = first; e < end; e++) {
          const k = index(mode, e);
          const count = <usize>load<u16>(occupations + ((at + k) << 1));
          const down = load<i32>(lowered + ((at + k) << 2));
          const higher = load<i32>(raised + ((at + k) << 2));
          const c = load<f64>(factor + (e << 3));
          if (down >= 0) {
            const size = c * amplitude(roots, count, supply, groupOf, inGroup, totals, k, 1);
            b = f64x2.add(b, f64x2.mul(f64x2.splat(size), v128.load(x + ((<usize>down) << 4))));
          }
          if (higher >= 0) {
            const size = c * amplitude(roots, count + 1, supply, groupOf, inGroup, totals, k, 0);
            a = f64x2.add(a, f64x2.mul(f64x2.splat(size), v128.load(x + ((<usize>higher) << 4))));
          }
        }
        if (symmetric) b = f64x2.add(b, a);
        v128.store(below, b);
        v128.store(above, a);
      } else if (bytes === 32) {
        let b = f64x2.splat(0);
        let b2 = f64x2.splat(0);
        let a = f64x2.splat(0);
        let a2 = f64x2.splat(0);
        for (let e = first; e < end; e++) {
          const k = index(mode, e);
          const count = <usize>load<u16>(occupations + ((at + k) << 1));
          const down = load<i32>(lowered + ((at + k) << 2));
          const higher = load<i32>(raised + ((at + k) << 2));
          const c = load<f64>(factor + (e << 3));
          if (down >= 0) {
            const size = f64x2.splat(c * amplitude(roots, count, supply, groupOf, inGroup, totals, k, 1));
            const from = x + ((<usize>down) << 5);
            b = f64x2.add(b, f64x2.mul(size, v128.load(from)));
            b2 = f64x2.add(b2, f64x2.mul(size, v128.load(from, 16)));
          }
          if (higher >= 0) {
            const size = f64x2.splat(c * amplitude(roots, count + 1, supply, groupOf, inGroup, totals, k, 0));
            const from = x + ((<usize>higher) << 5);
            a = f64x2.add(a, f64x2.mul(size, v128.load(from)));
            a2 = f64x2.add(a2, f64x2.mul(size, v128.load(from, 16)));
          }
        }
        if (symmetric) {
          b = f64x2.add(b, a);
          b2 = f64x2.add(b2, a2);
        }
        v128.store(below, b);
        v128.store(below, b2, 16);
        v128.store(above, a);
        v128.store(above, a2, 16);
      } else {
        memory.fill(below, 0, bytes);
        memory.fill(above, 0, bytes);
        for (let e = first; e < end; e++) {
          const k = index(mode, e);
          const count = <usize>load<u16>(occupations + ((at + k) << 1));
          const down = load<i32>(lowered + ((at + k) << 2));
          const higher = load<i32>(raised + ((at + k) << 2));
          const c = load<f64>(factor + (e << 3));
          if (down >= 0) {
            const size = c * amplitude(roots, count, supply, groupOf, inGroup, totals, k, 1);
            addScaled(below, size, x + <usize>down * bytes, numbers);
          }
          if (higher >= 0) {
            const size = c * amplitude(roots, count + 1, supply, groupOf, inGroup, totals, k, 0);
            addScaled(up, size, x + <usize>higher * bytes, numbers);
          }
        }
      }
      const operator = operators + r * square;
      multiply(operator, below, result, n, width, true, 0);
      if (!symmetric) multiplyTransposed(operator, above, result, n, width);
    }
    for (let c: usize = 0; c < bytes; c += 8) {
      const out = sigma * load<f64>(result + c) - gamma * load<f64>(z + own + c);
      store<f64>(y + own + c, out);
      overlap += out * load<f64>(x + own + c);
    }
  }
  return overlap;
}

/**
 * H = H_S + E_f + Σ_r O_r ⊗ X_r with real O_r on S and real X_r between Fock states in compressed rows (rowStart: fockCount
 * + 1 numbers for each r, into shared columns and values), for spaces in which every Fock state has all N levels.
 */
export function products(
  fockCount: usize, n: usize, width: usize, energies: usize, system: usize, termCount: usize,
  rowStart: usize, column: usize, values: usize, operators: usize, scratch: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const numbers = n * width;
  const bytes = numbers << 3;
  const square = (n * n) << 3;
  const sum = scratch;
  const result = sum + ((bytes + 15) & ~15);
  let overlap: f64 = 0;
  for (let f: usize = 0; f < fockCount; f++) {
    const own = f * bytes;
    multiply(system, x + own, result, n, width, false, load<f64>(energies + (f << 3)));
    let starts = rowStart + (f << 2);
    for (let r: usize = 0; r < termCount; r++) {
      let e = index(starts, 0);
      const end = index(starts, 1);
      starts += (fockCount + 1) << 2;
      if (bytes === 16) {
        let a = f64x2.splat(0);
        let b = f64x2.splat(0);
        for (; e + 1 < end; e += 2) {
          a = f64x2.add(a, f64x2.mul(v128.load64_splat(values + (e << 3)), v128.load(x + (index(column, e) << 4))));
          b = f64x2.add(b, f64x2.mul(v128.load64_splat(values + (e << 3), 8), v128.load(x + (index(column, e + 1) << 4))));
        }
        if (e < end) {
          a = f64x2.add(a, f64x2.mul(v128.load64_splat(values + (e << 3)), v128.load(x + (index(column, e) << 4))));
        }
        v128.store(sum, f64x2.add(a, b));
      } else if (bytes === 32) {
        let a = f64x2.splat(0);
        let b = f64x2.splat(0);
        for (; e < end; e++) {
          const size = v128.load64_splat(values + (e << 3));
          const from = x + (index(column, e) << 5);
          a = f64x2.add(a, f64x2.mul(size, v128.load(from)));
          b = f64x2.add(b, f64x2.mul(size, v128.load(from, 16)));
        }
        v128.store(sum, a);
        v128.store(sum, b, 16);
      } else {
        memory.fill(sum, 0, bytes);
        for (; e < end; e++) addScaled(sum, load<f64>(values + (e << 3)), x + index(column, e) * bytes, numbers);
      }
      multiply(operators + r * square, sum, result, n, width, true, 0);
    }
    for (let c: usize = 0; c < bytes; c += 8) {
      const out = sigma * load<f64>(result + c) - gamma * load<f64>(z + own + c);
      store<f64>(y + own + c, out);
      overlap += out * load<f64>(x + own + c);
    }
  }
  return overlap;
}

@inline function amplitude(
  roots: usize, quanta: usize, supply: usize, groupOf: usize, inGroup: usize, totals: usize, k: usize, less: usize,
): f64 {
  const root = load<f64>(roots + (quanta << 3));
  if (supply === 0) return root;
  const g = index(groupOf, k);
  return root * load<f64>(supply + ((g * totals + index(inGroup, g) - less) << 3));
}

@inline function addScaled(to: usize, s: f64, from: usize, count: usize): void {
  const end = count << 3;
  const whole = (count & ~1) << 3;
  const ss = f64x2.splat(s);
  let c: usize = 0;
  for (; c < whole; c += 16) {
    v128.store(to + c, f64x2.add(v128.load(to + c), f64x2.mul(ss, v128.load(from + c))));
  }
  if (c < end) store<f64>(to + c, load<f64>(to + c) + s * load<f64>(from + c));
}

/** y = O x + shift x, or y += O x: N × N times N rows of `width` numbers. */
@inline function multiply(
  o: usize, x: usize, y: usize, n: usize, width: usize, add: bool, shift: f64,
): void {
  if (n === 2 && width === 1) {
    const v = v128.load(x);
    const first = v128.load(o);
    const second = v128.load(o, 16);
    const a = f64x2.mul(first, v);
    const b = f64x2.mul(second, v);
    // (a0 + a1, b0 + b1).
    let out = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
    out = f64x2.add(out, add ? v128.load(y) : f64x2.mul(f64x2.splat(shift), v));
    v128.store(y, out);
    return;
  }
  if (width === 2) {
    for (let s: usize = 0; s < n; s++) {
      let out = add ? v128.load(y + (s << 4)) : f64x2.mul(f64x2.splat(shift), v128.load(x + (s << 4)));
      for (let t: usize = 0; t < n; t++) {
        out = f64x2.add(out, f64x2.mul(v128.load64_splat(o + ((s * n + t) << 3)), v128.load(x + (t << 4))));
      }
      v128.store(y + (s << 4), out);
    }
    return;
  }
  for (let s: usize = 0; s < n; s++) {
    let out = add ? load<f64>(y + (s << 3)) : shift * load<f64>(x + (s << 3));
    for (let t: usize = 0; t < n; t++) out += load<f64>(o + ((s * n + t) << 3)) * load<f64>(x + (t << 3));
    store<f64>(y + (s << 3), out);
  }
}

/** y += Oᵀ x. */
@inline function multiplyTransposed(o: usize, x: usize, y: usize, n: usize, width: usize): void {
  if (width === 2) {
    for (let s: usize = 0; s < n; s++) {
      let out = v128.load(y + (s << 4));
      for (let t: usize = 0; t < n; t++) {
        out = f64x2.add(out, f64x2.mul(v128.load64_splat(o + ((t * n + s) << 3)), v128.load(x + (t << 4))));
      }
      v128.store(y + (s << 4), out);
    }
    return;
  }
  for (let s: usize = 0; s < n; s++) {
    let out = load<f64>(y + (s << 3));
    for (let t: usize = 0; t < n; t++) out += load<f64>(o + ((t * n + s) << 3)) * load<f64>(x + (t << 3));
    store<f64>(y + (s << 3), out);
  }
}

/** y −= s x; gives ‖y‖². */
export function subtractScaled(count: usize, y: usize, x: usize, s: f64): f64 {
  const ss = f64x2.splat(s);
  let norm = f64x2.splat(0);
  let norm2 = f64x2.splat(0);
  const end = (count & ~3) << 3;
  let c: usize = 0;
  for (; c < end; c += 32) {
    const a = f64x2.sub(v128.load(y + c), f64x2.mul(ss, v128.load(x + c)));
    const b = f64x2.sub(v128.load(y + c, 16), f64x2.mul(ss, v128.load(x + c, 16)));
    v128.store(y + c, a);
    v128.store(y + c, b, 16);
    norm = f64x2.add(norm, f64x2.mul(a, a));
    norm2 = f64x2.add(norm2, f64x2.mul(b, b));
  }
  let sum = sumOf(f64x2.add(norm, norm2));
  for (; c < count << 3; c += 8) {
    const a = load<f64>(y + c) - s * load<f64>(x + c);
    store<f64>(y + c, a);
    sum += a * a;
  }
  return sum;
}
