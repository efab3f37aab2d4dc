package dev.recsys.index.milvus;

import dev.recsys.milvus.MilvusServer;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * Runs the tests of a class over a Milvus server of a newer version where there is Docker, or one
 * at {@code -Dmilvus.current}, and says so if not. All of them share one server, which ends with
 * the JVM.
 */
final class WithCurrentMilvus implements ExecutionCondition {
  private static final String IMAGE = "milvusdb/milvus:v2.6.4";
  private static final int PORT = 19_530;
  private static final int METRICS_PORT = 9_091;

  /** Where a server is that need not be started. */
  private static final @Nullable String GIVEN = System.getProperty("milvus.current");

  private static final String ETCD = "/milvus/configs/embedEtcd.yaml";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String why = obstacle();
    if (!why.isEmpty()) {
      System.out.println("SKIPPED, " + why + " for " + IMAGE + ": " + context.getDisplayName());
      return ConditionEvaluationResult.disabled(why);
    }
    return ConditionEvaluationResult.enabled("there is Docker for " + IMAGE);
  }

  private static String obstacle() {
    if (GIVEN != null) {
      return "";
    }
    try {
      if (MilvusServer.alone()) {
        return "no network but an own one (run without -Dit.jvm)";
      }
    } catch (SocketException e) {
      return "no network: " + e.getMessage();
    }
    return DockerClientFactory.instance().isDockerAvailable() ? "" : "no Docker";
  }

  /** Returns where the server is. */
  static String uri() {
    if (GIVEN != null) {
      return GIVEN;
    }
    GenericContainer<?> server = Server.STARTED;
    return "http://" + server.getHost() + ":" + server.getMappedPort(PORT);
  }

  /** Started when it is first asked for. */
  private static final class Server {
    static final GenericContainer<?> STARTED = start();

    private static GenericContainer<?> start() {
      GenericContainer<?> server = new GenericContainer<>(IMAGE);
      server
          .withCommand("milvus", "run", "standalone")
          .withEnv("DEPLOY_MODE", "STANDALONE")
          .withEnv("COMMON_STORAGETYPE", "local")
          .withEnv("ETCD_USE_EMBED", "true")
          .withEnv("ETCD_DATA_DIR", "/var/lib/milvus/etcd")
          .withEnv("ETCD_CONFIG_PATH", ETCD)
          .withCopyToContainer(
              Transferable.of(
                  """
                  listen-client-urls: http://0.0.0.0:2379
                  advertise-client-urls: http://0.0.0.0:2379
                  """),
              ETCD)
          .withExposedPorts(PORT, METRICS_PORT)
          .waitingFor(
              Wait.forHttp("/healthz")
                  .forPort(METRICS_PORT)
                  .withStartupTimeout(Duration.ofMinutes(3)))
          .start();
      return server;
    }
  }
}
