package dev.recsys.index;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What lies below a store failed: a file or a server, not the caller. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Reason {
    /** The store is held by another process, or by this one a second time. */
    LOCKED,
    /** What was read is damaged, or is not a store. */
    CORRUPT,
    /** The store was written by a newer version of this library. */
    NEWER_VERSION,
    /** Reading or writing failed: rights, space, the device. */
    IO,
    /** A server did not answer, or not in time: a {@link StoreUnavailableException}. */
    UNAVAILABLE,
    /** A server answered that it will not or cannot do what was asked. */
    REFUSED
  }

  private final Reason reason;
  private final @Nullable String collection;

  /** Creates an exception; the collection is null where the store as a whole is concerned. */
  public StoreException(
      Reason reason, @Nullable String collection, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.collection = collection;
  }

  /** Returns what kind of failure it was. */
  public Reason reason() {
    return reason;
  }

  /** Returns the name of the collection concerned, null where it is the whole store. */
  public @Nullable String collection() {
    return collection;
  }
}
