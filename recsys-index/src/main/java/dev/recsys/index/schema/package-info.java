/**
 * What a collection is made of: fields, types, metrics. The entry type is {@link
 * dev.recsys.index.schema.MetricType}. Nothing here stores or searches.
 */
@NullMarked
package dev.recsys.index.schema;

import org.jspecify.annotations.NullMarked;
