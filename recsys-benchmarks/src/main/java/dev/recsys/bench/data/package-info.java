/**
 * What is searched in a comparison: vectors read, generated or taken, filters over them, and the
 * right answers. The entry type is {@link dev.recsys.bench.data.VectorSet}. Nothing here knows an
 * index.
 */
@NullMarked
package dev.recsys.bench.data;

import org.jspecify.annotations.NullMarked;
