package dev.recsys.index.embedded;

/** When an acknowledged write is safe; a crash of the process alone loses none in either case. */
public enum Durability {
  /** From a loss of power after {@link dev.recsys.index.VectorCollection#flush}, or when closed. */
  FLUSH,

  /** At once: every write is forced to the device before it returns, which takes milliseconds. */
  SYNC
}
