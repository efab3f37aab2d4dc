package dev.recsys.milvus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs the tests of a class if {@code -Dmilvus=DIR} says where a server is installed, and says so
 * if not. All of them share one server, which ends with the tests.
 */
public final class WithMilvus implements ExecutionCondition, ParameterResolver {
  public static final String HOME = System.getProperty("milvus", "");

  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(WithMilvus.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (HOME.isEmpty()) {
      System.out.println(
          "SKIPPED, no Milvus server: "
              + context.getDisplayName()
              + " needs -Dmilvus=DIR (src/test/milvus/install DIR)");
      return ConditionEvaluationResult.disabled("no -Dmilvus=DIR");
    }
    server(context);
    return ConditionEvaluationResult.enabled("a server is installed at " + HOME);
  }

  private static MilvusServer server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SPACE)
        .getOrComputeIfAbsent(Server.class, key -> new Server(), Server.class)
        .server;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MilvusServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context);
  }

  /** Closed by JUnit with its store, when all tests have run. */
  private static final class Server implements AutoCloseable {
    private final MilvusServer server;

    Server() {
      try {
        Path base = Files.createTempDirectory("milvus");
        server = new MilvusServer(Path.of(HOME), base);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
