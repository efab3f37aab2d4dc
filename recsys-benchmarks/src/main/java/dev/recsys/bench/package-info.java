/**
 * JMH benchmarks of the search core and of recommending. The entry type is JMH's own main class;
 * start with {@link dev.recsys.bench.RecommendBenchmark}. What is measured lives in the other
 * modules.
 */
@NullMarked
package dev.recsys.bench;

import org.jspecify.annotations.NullMarked;
