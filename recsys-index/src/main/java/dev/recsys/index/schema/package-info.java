/**
 * What a collection is made of: its fields, their types, the metric and the parameters of its
 * index. The entry types are {@link dev.recsys.index.schema.CollectionSchema} and {@link
 * dev.recsys.index.schema.IndexParams}; all are immutable values. Nothing here stores, searches or
 * reads files, and nothing here depends on another package of this library.
 */
@NullMarked
package dev.recsys.index.schema;

import org.jspecify.annotations.NullMarked;
