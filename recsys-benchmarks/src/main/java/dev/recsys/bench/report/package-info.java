/**
 * Measures backends and keeps what was measured: rows of a CSV file, and pictures drawn from it.
 * The entry type is {@link dev.recsys.bench.report.Comparison}. Where vectors come from, and the
 * command line, do not belong here.
 *
 * <p>The columns of the file, in this order: {@code dataset} (its name), {@code n} (vectors),
 * {@code dim}, {@code metric} (ip, cosine or l2), {@code k}, {@code threads} (that search), {@code
 * filter} (the share that a filter keeps, 1 without one), {@code backend}, {@code parameters},
 * {@code recall} (0 to 1), {@code qps}, {@code p50_us} and {@code p99_us} (latency of one query at
 * a time), {@code build_s}, {@code bytes_per_vector} (heap and mapped files, the vector included),
 * {@code load_ms} (from opening the saved file to the first answer), {@code runtime}. An empty cell
 * was not measured. Other programs may append rows of the same columns.
 */
@NullMarked
package dev.recsys.bench.report;

import org.jspecify.annotations.NullMarked;
