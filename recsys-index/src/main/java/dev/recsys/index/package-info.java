/**
 * The adapter: collections of entities with a vector, in Milvus's own words. The entry type is
 * {@link dev.recsys.index.VectorStore}; how a store is opened is the business of the package of its
 * backend, such as {@code dev.recsys.index.embedded}, and nothing here knows any of them.
 */
@NullMarked
package dev.recsys.index;

import org.jspecify.annotations.NullMarked;
