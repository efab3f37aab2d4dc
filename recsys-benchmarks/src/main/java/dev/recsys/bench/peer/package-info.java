/**
 * The indexes that are compared, this project's and other libraries', each set up as its own
 * documents recommend. The entry type is {@link dev.recsys.bench.peer.Backend}. What is measured,
 * and how, does not belong here.
 */
@NullMarked
package dev.recsys.bench.peer;

import org.jspecify.annotations.NullMarked;
