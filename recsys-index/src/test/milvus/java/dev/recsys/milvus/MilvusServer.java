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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A real Milvus server, standalone with its own etcd and storage, as a child process. It is reached
 * by nobody else: the JVM, and so the server, must run in a network of its own, which {@code
 * src/test/milvus/bin/java} sees to.
 */
public final class MilvusServer implements AutoCloseable {
  public static final int PORT = 19_530;
  public static final String URI = "http://127.0.0.1:" + PORT;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 3;
  private static final int METRICS_PORT = 9091;
  private static final int SHOWN = 20;
  private static final Pattern DEATH =
      Pattern.compile("^(panic|fatal error|runtime|terminate called|SIG[A-Z]+:)");
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
      throw new IOException("set-up failed: " + String.join("\n", log("set-up")));
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

  /** The server has been seen to die of itself while it starts; whoever runs one starts it again. */
  private Process launch() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Optional<Process> started = attempt();
      if (started.isPresent()) {
        return started.get();
      }
      String reason = "the server did not come up: " + reason();
      if (attempt == ATTEMPTS) {
        throw new IOException(reason);
      }
      System.err.println(reason + "\nIt is started again.");
    }
  }

  /** Starts the server and waits until it answers; empty if it ends before that, or never does. */
  private Optional<Process> attempt() throws IOException {
    Process started = command(List.of(base.resolve("bin/milvus").toString(), "run", "standalone"), "server");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!healthy()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        end(started);
        return Optional.empty();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return Optional.of(started);
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

  private List<String> log(String name) throws IOException {
    return Files.readAllLines(base.resolve(name + ".log"), StandardCharsets.ISO_8859_1);
  }

  /** The first lines of what it died of, or its last ones where nothing speaks of that. */
  private String reason() throws IOException {
    List<String> lines = log("server");
    int first = 0;
    while (first < lines.size() && !DEATH.matcher(lines.get(first)).find()) {
      first++;
    }
    int from = first < lines.size() ? first : Math.max(0, lines.size() - SHOWN);
    return String.join("\n", lines.subList(from, Math.min(lines.size(), from + SHOWN)));
  }

  private static void end(Process process) {
    process.destroyForcibly().onExit().join();
  }

  /** Ends the server at once, as a crash would; what it had acknowledged is on its disk. */
  public void kill() {
    end(process);
  }

  /** Starts it again on what it left. */
  public void restart() throws IOException {
    process = launch();
  }

  /** Ends the server; its ports are free when this returns. */
  @Override
  public void close() {
    end(process);
  }
}
