package dev.recsys.index;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server did not answer, or not in time. What was asked for may have been done or not; asking
 * again is safe for everything a store offers.
 */
public final class StoreUnavailableException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final String uri;
  private final String call;

  /** Creates an exception; the collection is null where the store as a whole is concerned. */
  public StoreUnavailableException(
      String uri, @Nullable String collection, String call, @Nullable Throwable cause) {
    super(Reason.UNAVAILABLE, collection, message(uri, collection, call, cause), cause);
    this.uri = Objects.requireNonNull(uri, "uri");
    this.call = Objects.requireNonNull(call, "call");
  }

  private static String message(
      String uri, @Nullable String collection, String call, @Nullable Throwable cause) {
    return "no answer from "
        + uri
        + " to "
        + call
        + (collection == null ? "" : ", collection \"" + collection + "\"")
        + (cause == null ? "" : ": " + cause.getMessage());
  }

  /** Returns where the server was expected. */
  public String uri() {
    return uri;
  }

  /** Returns which call was not answered. */
  public String call() {
    return call;
  }
}
