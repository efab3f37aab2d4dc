/**
 * Collections inside the process, in memory or in a directory. The entry type is {@link
 * dev.recsys.index.embedded.EmbeddedVectorStore}; applications see it in the one line that opens
 * the store. Entities are kept in an H2 MVStore under codecs of this package, vectors are searched
 * by {@code dev.recsys.index.ann}; neither is visible outside.
 */
@NullMarked
package dev.recsys.index.embedded;

import org.jspecify.annotations.NullMarked;
