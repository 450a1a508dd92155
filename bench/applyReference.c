/* What this machine can do in C: a copy (as STREAM does), and H x for H in compressed rows with the kernels' layout. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* Best of `repeats` copies of `bytes` bytes, in bytes moved (read and written) per second. */
static double copyBandwidth(size_t bytes, int repeats) {
  size_t n = bytes / sizeof(double);
  double *a = malloc(bytes), *b = malloc(bytes);
  for (size_t i = 0; i < n; i++) a[i] = i, b[i] = 0;
  double best = 1e9;
  for (int r = 0; r < repeats; r++) {
    double start = now();
    for (size_t i = 0; i < n; i++) b[i] = a[i];
    double took = now() - start;
    if (took < best) best = took;
    if (b[n / 2] != a[n / 2]) return 0;
    a[r % n] += 1;
  }
  free(a);
  free(b);
  return 2.0 * bytes / best;
}

/* y = σ H x − γ z and ⟨x|y⟩, H real, vectors complex with parts beside each other. */
static double step(size_t rows, const int32_t *start, const int32_t *column, const double *values, const double *restrict x,
                   const double *restrict z, double *restrict y, double sigma, double gamma) {
  double overlap = 0;
  for (size_t i = 0; i < rows; i++) {
    double re = 0, im = 0;
    for (int32_t e = start[i]; e < start[i + 1]; e++) {
      size_t j = 2 * (size_t)column[e];
      re += values[e] * x[j];
      im += values[e] * x[j + 1];
    }
    y[2 * i] = sigma * re - gamma * z[2 * i];
    y[2 * i + 1] = sigma * im - gamma * z[2 * i + 1];
    overlap += y[2 * i] * x[2 * i] + y[2 * i + 1] * x[2 * i + 1];
  }
  return overlap;
}

/* Arguments: bytes to copy, a file with rows, entries (int32), row starts, columns, values; repeats. */
int main(int count, char **arguments) {
  if (count != 4) return 2;
  int repeats = atoi(arguments[3]);
  printf("{\"copy\": %.6e", copyBandwidth(strtoull(arguments[1], 0, 10), 12));
  FILE *file = fopen(arguments[2], "rb");
  int32_t size[2];
  if (!file || fread(size, 4, 2, file) != 2) return 3;
  size_t rows = size[0], entries = size[1];
  int32_t *start = malloc(4 * (rows + 1)), *column = malloc(4 * entries);
  double *values = malloc(8 * entries);
  if (fread(start, 4, rows + 1, file) != rows + 1) return 3;
  if (fread(column, 4, entries, file) != entries || fread(values, 8, entries, file) != entries) return 3;
  fclose(file);
  double *v = malloc(16 * 4 * rows), sum = 0, best = 1e9;
  for (size_t i = 0; i < 8 * rows; i++) v[i] = 1.0 / (i + 1);
  for (int r = 0; r < repeats; r++) {
    /* Three of four vectors in turn, as Lanczos does. */
    double *x = v + 2 * rows * (r % 4), *z = v + 2 * rows * ((r + 3) % 4), *y = v + 2 * rows * ((r + 1) % 4);
    double begin = now();
    sum += step(rows, start, column, values, x, z, y, 0.01, 0.5);
    double took = now() - begin;
    if (took < best) best = took;
  }
  printf(", \"step\": %.6e, \"sum\": %.3e}\n", best, sum);
  return 0;
}
