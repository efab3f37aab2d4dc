package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensSourceTest {
  @TempDir private Path home;
  private final CountDownLatch done = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Path caches;
  private Path cache;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    caches = home.resolve("cache");
    cache = caches.resolve("ml-1m");
  }

  @AfterEach
  void stopServer() {
    done.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private MovieLens.Source source(byte[] archive, Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
    return MovieLens.source().cache(cache).archive(uri(), sha256(archive));
  }

  private MovieLens.Source source(byte[] archive) {
    return source(
        archive,
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
        });
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ml-1m.zip");
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Fingerprint.sha256().digest(bytes));
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] goodZip() throws IOException {
    return zip(
        "ml-1m/movies.dat", Files1m.MOVIES,
        "ml-1m/ratings.dat", Files1m.RATINGS,
        "ml-1m/README", "terms",
        "../../evil.dat", "evil",
        "ml-1m/users.dat", Files1m.USERS);
  }

  private List<String> contents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void unavailable(MovieLens.Source source, String reason) throws IOException {
    assertThatExceptionOfType(MovieLens.UnavailableException.class)
        .isThrownBy(source::locate)
        .withMessageStartingWith("cannot download " + uri() + " to " + cache + ": ")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.directory()).isEqualTo(cache));
    assertThat(contents(caches)).doesNotContain("ml-1m");
    assertThat(contents(caches)).as("nothing half done is left").isEmpty();
  }

  @Test
  void downloadsIntoTheCacheTheFilesItKnowsAndNothingElse() throws IOException {
    Path found = source(goodZip()).locate();
    assertThat(found).isEqualTo(cache);
    assertThat(contents(cache)).containsExactly("README", "movies.dat", "ratings.dat", "users.dat");
    assertThat(contents(caches)).containsExactly("ml-1m");
    assertThat(contents(home)).containsExactly("cache");
    assertThat(MovieLens.read(found)).hasToString("ml-1m: 2 users, 2 items, 2 ratings");
  }

  @Test
  void secondTimeNothingIsDownloaded() throws IOException {
    byte[] archive = goodZip();
    source(archive).locate();
    server.removeContext("/");
    assertThat(MovieLens.source().cache(cache).archive(uri(), sha256(archive)).locate())
        .isEqualTo(cache);
  }

  @Test
  void incompleteCacheIsCompleted() throws IOException {
    Files1m.write(cache, "old", "old", "old");
    Files.delete(cache.resolve("ratings.dat"));
    source(goodZip()).locate();
    assertThat(Files.readString(cache.resolve("users.dat"))).isEqualTo(Files1m.USERS);
    assertThat(MovieLensFiles.missing(cache)).isEmpty();
  }

  @Test
  void progressIsToldUpToTheWhole() throws IOException {
    byte[] archive = goodZip();
    List<Long> received = new ArrayList<>();
    source(archive)
        .progress(
            (bytes, total) -> {
              received.add(bytes);
              assertThat(total).isEqualTo(archive.length);
            })
        .locate();
    assertThat(received).isSorted().endsWith((long) archive.length);
  }

  @Test
  void totalIsMinusOneWhenTheServerDoesNotSay() throws IOException {
    byte[] archive = goodZip();
    List<Long> totals = new ArrayList<>();
    Answer chunked =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(archive);
        };
    source(archive, chunked).progress((bytes, total) -> totals.add(total)).locate();
    assertThat(totals).isNotEmpty().containsOnly(-1L);
  }

  @Test
  void wrongChecksumIsRefusedBeforeAnythingIsUnpacked() throws IOException {
    MovieLens.Source source = source(goodZip()).archive(uri(), "0".repeat(64));
    unavailable(source, "SHA-256 of the " + goodZip().length + " bytes received is ");
  }

  @Test
  void statusOtherThanOkIsReported() throws IOException {
    Answer notFound = exchange -> exchange.sendResponseHeaders(404, -1);
    unavailable(source(goodZip(), notFound), "the server answered with status 404");
  }

  @Test
  void truncatedArchiveIsRefused() throws IOException {
    byte[] archive = goodZip();
    Answer truncated =
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive, 0, archive.length / 2);
          exchange.getResponseBody().flush();
        };
    unavailable(source(archive, truncated), "");
  }

  @Test
  void archiveThatIsNoZipIsRefused() throws IOException {
    unavailable(source(new byte[100]), "the archive has no movies.dat, users.dat, ratings.dat");
  }

  @Test
  void archiveThatLacksAFileIsRefused() throws IOException {
    unavailable(source(zip("movies.dat", "x", "ratings.dat", "y")), "the archive has no users.dat");
  }

  @Test
  void serverThatFallsSilentIsGivenUp() throws IOException {
    byte[] archive = goodZip();
    Answer silent =
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive, 0, 10);
          exchange.getResponseBody().flush();
          awaitEndOfTest();
        };
    unavailable(source(archive, silent).limit(Duration.ofSeconds(1)), "not complete after 1 s");
  }

  private void awaitEndOfTest() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noServerIsReported() throws IOException {
    MovieLens.Source source = source(goodZip());
    server.stop(0);
    unavailable(source, "no connection");
  }

  @Test
  void interruptedDownloadLeavesTheThreadInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    MovieLens.Source source = source(goodZip());
    assertThatExceptionOfType(MovieLens.UnavailableException.class).isThrownBy(source::locate);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(contents(caches)).isEmpty();
  }

  @Test
  void directoryGivenIsTakenOrRefusedNeverDownloadedTo() throws IOException {
    Path given = Files1m.write(home.resolve("given"), "", "", "");
    assertThat(source(goodZip()).locate(given)).isEqualTo(given);
    Files.delete(given.resolve("users.dat"));
    assertThatExceptionOfType(MovieLens.UnavailableException.class)
        .isThrownBy(() -> MovieLens.source().cache(cache).locate(given))
        .withMessageEndingWith("missing users.dat");
    assertThat(contents(given)).doesNotContain("users.dat");
  }

  @Test
  void withoutADirectoryGivenTheCacheIsTaken() throws IOException {
    assertThat(source(goodZip()).locate(null)).isEqualTo(cache);
  }

  @Test
  void limitMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MovieLens.source().limit(Duration.ZERO))
        .withMessage("limit must be positive, not PT0S");
  }
}
