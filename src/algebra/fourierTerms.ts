/** What Fourier sums are of. */

export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Several sums with the same frequencies, of which the first `count` are meant. */
export interface FourierTerms {
  readonly count: number;
  readonly frequencies: Float64Array;
  /** Real and imaginary parts of p_m, then of m_m, of series s at 4(m · series + s). */
  readonly coefficients: Float64Array;
}
