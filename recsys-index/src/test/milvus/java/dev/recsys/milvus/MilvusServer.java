package dev.recsys.milvus;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Milvus server, standalone with its own etcd and storage, as a child process. It is reached
 * by nobody else: the JVM, and so the server, must run in a network of its own, which {@code
 * src/test/milvus/bin/java} sees to.
 */
public final class MilvusServer implements AutoCloseable {
  public static final int PORT = 19_530;
  public static final String URI = "http://127.0.0.1:" + PORT;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int METRICS_PORT = 9091;
  private static final String SET_UP =
      """
      import milvus, sys
      server = milvus.MilvusServer()
      server.set_base_dir(sys.argv[1])
      server.config.set('proxy_port', int(sys.argv[2]))
      server.config.configs['proxy_port'] = int(sys.argv[2])
      for node in 'rootCoord proxy queryCoord queryNode indexNode dataCoord dataNode'.split():
          server.config.set(node + '.ip', '127.0.0.1')
      server.config.set('common.session.ttl', '10')
      server.config.set('proxy.timeTickInterval', '20')
      for setting in sys.argv[3:]:
          server.config.set(*setting.split('=', 1))
      server.config.resolve()
      milvus._initialize_data_files(sys.argv[1])
      """;

  private final Path python;
  private final Path base;
  private Process process;

  /** Starts a server at the usual port. */
  public MilvusServer(Path home, Path base) throws IOException, InterruptedException {
    this(home, base, PORT);
  }

  /**
   * Starts a server.
   *
   * @param home where {@code src/test/milvus/install} put it
   * @param base an empty directory to work in
   * @param port not one that another server had a moment ago
   * @param settings besides the usual ones, each a name and a value with = between
   */
  public MilvusServer(Path home, Path base, int port, String... settings)
      throws IOException, InterruptedException {
    if (!alone()) {
      throw new IllegalStateException("not in a network of its own: the server would be exposed");
    }
    this.python = home.resolve("bin/python");
    this.base = base;
    List<String> words = new ArrayList<>(List.of(python.toString(), "-c", SET_UP));
    words.addAll(List.of(base.toString(), String.valueOf(port)));
    words.addAll(List.of(settings));
    Process setUp = command(words, "set-up");
    if (setUp.waitFor() != 0) {
      throw new IOException("set-up failed: " + log("set-up"));
    }
    this.process = launch();
  }

  /** Returns whether this process sees no network but its own loopback. */
  public static boolean alone() throws SocketException {
    return NetworkInterface.networkInterfaces().allMatch(each -> each.getName().equals("lo"));
  }

  private Process command(List<String> words, String name) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(base.toFile());
    builder.environment().put("HOME", base.toString());
    builder.environment().put("DEPLOY_MODE", "STANDALONE");
    builder.environment().put("METRICS_PORT", String.valueOf(METRICS_PORT));
    builder.environment().put("MILVUS_RUN_DIR", base.resolve("run").toString());
    builder.environment().put("LD_LIBRARY_PATH", base.resolve("bin").toString());
    File log = base.resolve(name + ".log").toFile();
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private Process launch() throws IOException {
    String binary = base.resolve("bin/milvus").toString();
    Process started = command(List.of(binary, "run", "standalone"), "server");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!healthy()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        started.destroyForcibly();
        throw new IOException("the server did not come up: " + log("server"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return started;
  }

  private static boolean healthy() {
    try {
      URI health = java.net.URI.create("http://127.0.0.1:" + METRICS_PORT + "/healthz");
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(2_000);
      try (var body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("OK");
      }
    } catch (IOException e) {
      return false;
    }
  }

  private String log(String name) throws IOException {
    List<String> lines = Files.readAllLines(base.resolve(name + ".log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  /** Ends the server at once, as a crash would; what it had acknowledged is on its disk. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Starts it again on what it left. */
  public void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
