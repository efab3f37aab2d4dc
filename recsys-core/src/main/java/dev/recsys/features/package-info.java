/**
 * What is known about users and items, and its encoding into the rows of embedding tables. The
 * entry type is {@link dev.recsys.features.FeatureSchema}; {@link
 * dev.recsys.features.FeatureEncoder} turns profiles and items into rows.
 *
 * <p>Files, ratings and models do not belong here.
 */
@NullMarked
package dev.recsys.features;

import org.jspecify.annotations.NullMarked;
