package dev.recsys.index;

/**
 * How new what a read sees has to be, in Milvus's terms. In process every read is strong, whatever
 * is asked for; on a server a weaker one waits for less.
 */
public enum ConsistencyLevel {
  /** Every write that has returned. */
  STRONG,
  /** Every write of this store that has returned. */
  SESSION,
  /** Every write but those of the last seconds. */
  BOUNDED,
  /** Any state that there was. */
  EVENTUALLY
}
