package dev.recsys.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fetches a file over HTTP and checks it.
 *
 * @param uri where it is
 * @param sha256 its SHA-256, in hexadecimal digits
 * @param limit after how long the whole is given up
 */
record Download(URI uri, String sha256, Duration limit, MovieLens.Progress progress) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Writes the file; when this throws, what was written is incomplete or wrong. */
  void to(Path file) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(limit).build();
    HttpResponse<InputStream> response = send(client, request);
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("the server answered with status " + response.statusCode());
      }
      save(body, response.headers().firstValueAsLong("Content-Length").orElse(-1), file);
    }
  }

  private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
      throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void save(InputStream body, long total, Path file) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    Executor atLimit = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> guard = CompletableFuture.runAsync(() -> giveUp(body, late), atLimit);
    try {
      copy(body, total, file);
    } catch (IOException e) {
      throw late.get() ? new IOException("not complete after " + limit.toSeconds() + " s", e) : e;
    } finally {
      guard.cancel(false);
    }
  }

  /** Closing the body ends a read that waits for a server gone silent. */
  private static void giveUp(InputStream body, AtomicBoolean late) {
    late.set(true);
    try {
      body.close();
    } catch (IOException alreadyFailing) {
      // the reader reports it
    }
  }

  private void copy(InputStream body, long total, Path file) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    long received = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        out.write(buffer, 0, n);
        digest.update(buffer, 0, n);
        received += n;
        progress.received(received, total);
      }
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equalsIgnoreCase(sha256)) {
      throw new IOException(
          "SHA-256 of the %d bytes received is %s, not %s".formatted(received, actual, sha256));
    }
  }
}
