/**
 * The search core: vectors under 64-bit ids, found by nearness. The entry type is {@link
 * dev.recsys.index.ann.AnnIndex}, with {@link dev.recsys.index.ann.ExactIndex}, {@link
 * dev.recsys.index.ann.HnswIndex}, {@link dev.recsys.index.ann.AutoIndex}, which chooses between
 * these two, and {@link dev.recsys.index.ann.HnswlibIndex} behind it. Collections, fields, filters
 * other than a predicate over ids, and files of entities do not belong here.
 */
@NullMarked
package dev.recsys.index.ann;

import org.jspecify.annotations.NullMarked;
