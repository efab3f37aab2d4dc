package dev.recsys.index;

/**
 * What a search took, see {@link SearchRequest#observing}.
 *
 * @param compared how many vectors were compared with the query; a walk through a graph may count
 *     one more than once
 * @param accepted how many entities the filter and the partitions let through, all if there are
 *     none; what the request excludes is not taken off
 * @param entities how many the collection has
 * @param scanned whether whatever might be nearest was compared, so that the result is exact; else
 *     a graph was walked through
 */
public record SearchWork(int compared, long accepted, long entities, boolean scanned) {}
