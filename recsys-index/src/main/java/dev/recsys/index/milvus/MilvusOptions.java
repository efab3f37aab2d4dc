package dev.recsys.index.milvus;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to speak with a Milvus server. Immutable; the methods that take a value return a changed
 * copy.
 *
 * <pre>{@code
 * MilvusOptions.defaults().token("root:Milvus").database("shop").callTimeout(Duration.ofSeconds(3))
 * }</pre>
 */
public final class MilvusOptions {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  private final @Nullable String token;
  private final String database;
  private final boolean secure;
  private final Duration connectTimeout;
  private final Duration callTimeout;

  private MilvusOptions(
      @Nullable String token,
      String database,
      boolean secure,
      Duration connectTimeout,
      Duration callTimeout) {
    this.token = token;
    this.database = database;
    this.secure = secure;
    this.connectTimeout = connectTimeout;
    this.callTimeout = callTimeout;
  }

  /** Returns no token, the default database, no TLS, 5 s to connect and 30 s for a call. */
  public static MilvusOptions defaults() {
    return new MilvusOptions(null, "", false, CONNECT_TIMEOUT, CALL_TIMEOUT);
  }

  /** Returns a copy that shows a token: an API key, or {@code user:password}. */
  public MilvusOptions token(String token) {
    Objects.requireNonNull(token, "token");
    return new MilvusOptions(token, database, secure, connectTimeout, callTimeout);
  }

  /** Returns a copy that shows the name and the password of a user. */
  public MilvusOptions user(String name, String password) {
    return token(Objects.requireNonNull(name, "name") + ":" + password);
  }

  /** Returns a copy that works in another database than the default one. */
  public MilvusOptions database(String database) {
    Objects.requireNonNull(database, "database");
    return new MilvusOptions(token, database, secure, connectTimeout, callTimeout);
  }

  /** Returns a copy that speaks TLS and trusts whom the JVM trusts; https says so too. */
  public MilvusOptions secure() {
    return new MilvusOptions(token, database, true, connectTimeout, callTimeout);
  }

  /**
   * Returns a copy that gives up connecting after so long, at the first time and whenever the
   * connection was lost.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public MilvusOptions connectTimeout(Duration timeout) {
    return new MilvusOptions(token, database, secure, positive("connect", timeout), callTimeout);
  }

  /**
   * Returns a copy that gives up a call after so long; one that builds or loads an index, or
   * flushes, may need minutes.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public MilvusOptions callTimeout(Duration timeout) {
    return new MilvusOptions(token, database, secure, connectTimeout, positive("call", timeout));
  }

  private static Duration positive(String what, Duration timeout) {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          what + " timeout: must be at least 1 ms, received " + timeout);
    }
    return timeout;
  }

  /** Returns the token, null if none is shown. */
  @Nullable String token() {
    return token;
  }

  String database() {
    return database;
  }

  boolean isSecure() {
    return secure;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration callTimeout() {
    return callTimeout;
  }

  /** Does not show the token. */
  @Override
  public String toString() {
    return "database \""
        + database
        + "\", "
        + (token == null ? "no token" : "with token")
        + (secure ? ", TLS" : "")
        + ", connect within "
        + connectTimeout
        + ", call within "
        + callTimeout;
  }
}
