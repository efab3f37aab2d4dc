package dev.recsys.index.milvus;

import dev.recsys.index.StoreException;
import dev.recsys.index.StoreUnavailableException;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one server. Whatever the SDK throws becomes one of our exceptions. A client that has
 * lost its server is replaced at the next call, since the SDK's own waits longer and longer between
 * its attempts. Safe for many threads.
 */
final class Connection implements AutoCloseable {
  /** After a failed attempt others fail with it for so long instead of trying one by one. */
  private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * The server's code for a collection not in memory, which after its restart is so for a while.
   */
  private static final int NOT_LOADED = 101;

  private final String uri;
  private final MilvusOptions options;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable MilvusClientV2 client;
  private volatile boolean closed;
  private @Nullable RuntimeException lastFailure;
  private long lastFailureNanos;

  Connection(String uri, MilvusOptions options) {
    this.uri = uri;
    this.options = options;
  }

  /**
   * Makes a call.
   *
   * @param collection the collection concerned, null for the store as a whole
   * @param what the name of the call, for messages
   * @throws IllegalStateException if the store is closed
   * @throws StoreException if the server does not answer or refuses
   */
  <T> T call(@Nullable String collection, String what, Function<MilvusClientV2, T> call) {
    MilvusClientV2 current = connected(collection, what);
    try {
      return call.apply(current);
    } catch (RuntimeException e) {
      if (lost(e)) {
        forget(current);
      }
      throw translated(collection, what, e);
    }
  }

  /** Makes a call that returns nothing. */
  void run(@Nullable String collection, String what, Consumer<MilvusClientV2> call) {
    call(
        collection,
        what,
        current -> {
          call.accept(current);
          return true;
        });
  }

  private MilvusClientV2 connected(@Nullable String collection, String what) {
    MilvusClientV2 current = client;
    if (closed) {
      throw new IllegalStateException("the store at " + uri + " is closed");
    }
    return current != null ? current : connect(collection, what);
  }

  private MilvusClientV2 connect(@Nullable String collection, String what) {
    if (!locked()) {
      throw new StoreUnavailableException(uri, collection, what, lastFailure);
    }
    try {
      MilvusClientV2 current = client;
      if (current != null) {
        return current;
      }
      RuntimeException failure = lastFailure;
      if (failure == null || System.nanoTime() - lastFailureNanos > BREATH_NANOS) {
        return newClient(collection, what);
      }
      throw new StoreUnavailableException(uri, collection, what, failure);
    } finally {
      connecting.unlock();
    }
  }

  private MilvusClientV2 newClient(@Nullable String collection, String what) {
    try {
      MilvusClientV2 made = new MilvusClientV2(config());
      made.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
      client = made;
      lastFailure = null;
      return made;
    } catch (RuntimeException e) {
      lastFailure = e;
      lastFailureNanos = System.nanoTime();
      throw translated(collection, what, e);
    }
  }

  private boolean locked() {
    try {
      return connecting.tryLock(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ConnectConfig config() {
    ConnectConfig.ConnectConfigBuilder config =
        ConnectConfig.builder()
            .uri(uri)
            .connectTimeoutMs(options.connectTimeout().toMillis())
            .rpcDeadlineMs(options.callTimeout().toMillis())
            .enablePrecheck(true);
    String token = options.token();
    if (token != null) {
      config.token(token);
    }
    if (!options.database().isEmpty()) {
      config.dbName(options.database());
    }
    if (options.isSecure()) {
      config.secure(true);
    }
    return config.build();
  }

  /** Returns whether a failure is the connection's; the SDK lets some of gRPC's through. */
  private static boolean lost(RuntimeException e) {
    if (e instanceof MilvusClientException failure) {
      ErrorCode code = failure.getErrorCode();
      return code == ErrorCode.RPC_ERROR || code == ErrorCode.TIMEOUT;
    }
    return e instanceof StatusRuntimeException;
  }

  private StoreException translated(@Nullable String collection, String what, RuntimeException e) {
    boolean reloading =
        e instanceof MilvusClientException failure && failure.getServerErrCode() == NOT_LOADED;
    if (lost(e) || reloading) {
      return new StoreUnavailableException(uri, collection, what, e);
    }
    String where = collection == null ? "" : " collection \"" + collection + "\":";
    return new StoreException(
        StoreException.Reason.REFUSED,
        collection,
        uri + " refused to " + what + "," + where + " " + e.getMessage(),
        e);
  }

  /** Lets go of a client that lost its server; calls under way on it come to their end. */
  private void forget(MilvusClientV2 used) {
    connecting.lock();
    try {
      if (client == used) {
        client = null;
      }
    } finally {
      connecting.unlock();
    }
  }

  @Override
  public void close() {
    connecting.lock();
    try {
      closed = true;
      if (client != null) {
        client.close();
      }
      client = null;
    } finally {
      connecting.unlock();
    }
  }
}
