package dev.recsys.index.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.StoreUnavailableException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.milvus.MilvusServer;
import dev.recsys.milvus.WithMilvus;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that wants to know who calls, and one that speaks TLS, instead of the usual one. */
@ExtendWith(WithMilvus.class)
class MilvusSecurityIT {
  private static final String PASSWORD = "changeit";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final MilvusOptions OPTIONS =
      MilvusOptions.defaults()
          .connectTimeout(Duration.ofSeconds(5))
          .callTimeout(Duration.ofSeconds(20));

  @TempDir Path directory;

  private MilvusServer usual;

  @BeforeEach
  void stop(MilvusServer usual) {
    this.usual = usual;
    usual.kill();
  }

  @AfterEach
  void restart() throws IOException {
    usual.restart();
  }

  private MilvusServer server(int port, String... settings)
      throws IOException, InterruptedException {
    Path base = Files.createDirectory(directory.resolve("server"));
    return new MilvusServer(Path.of(WithMilvus.HOME), base, port, settings);
  }

  private static void putAndFind(VectorStore store) {
    CollectionSchema schema =
        CollectionSchema.builder("guarded").primaryKey("id", DataType.INT64).vector("v", 2).build();
    VectorCollection collection = store.create(schema, IndexParams.flat(MetricType.IP));
    collection.upsert(List.of(Entity.of(1, new float[] {1, 0}), Entity.of(2, new float[] {0, 1})));
    assertThat(collection.search(SearchRequest.nearest(new float[] {0, 3}).limit(1)).get(0).id())
        .isEqualTo(2);
  }

  @Test
  void onlyWhoShowsTheRightTokenIsLetIn() throws Exception {
    String uri = "http://127.0.0.1:19631";
    MilvusServer guarded = server(19_631, "common.security.authorizationEnabled=true");
    try {
      MilvusOptions root = OPTIONS.user("root", "Milvus");
      try (VectorStore store = MilvusVectorStore.connect(uri, root)) {
        putAndFind(store);
      }
      MilvusOptions token = OPTIONS.token("root:Milvus");
      try (VectorStore store = MilvusVectorStore.connect(uri, token)) {
        assertThat(store.list()).containsExactly("guarded");
      }
      for (MilvusOptions wrong :
          List.of(OPTIONS, OPTIONS.token("root:secret-guess"), OPTIONS.user("nobody", "Milvus"))) {
        StoreException refusal =
            catchThrowableOfType(
                StoreException.class,
                () -> {
                  try (VectorStore store = MilvusVectorStore.connect(uri, wrong)) {
                    store.list();
                  }
                });
        assertThat(refusal).isNotNull().hasMessageContaining(uri);
        assertThat(refusal).message().doesNotContain("secret-guess");
      }
    } finally {
      guarded.close();
    }
  }

  /** Makes a key that is trusted by itself, and writes it as PEM files and as a trust store. */
  private void certify() throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(keys.toFile())) {
      store.load(in, PASSWORD.toCharArray());
    }
    pem("server.pem", "CERTIFICATE", store.getCertificate("server").getEncoded());
    pem("server.key", "PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    try (var out = Files.newOutputStream(directory.resolve("trusted.p12"))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private void pem(String name, String what, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
  }

  @Test
  void aServerOfATrustedCertificateIsSpokenToInTls() throws Exception {
    certify();
    MilvusServer secure =
        server(
            19_632,
            "common.security.tlsMode=1",
            "tls.serverPemPath=" + directory.resolve("server.pem"),
            "tls.serverKeyPath=" + directory.resolve("server.key"),
            "tls.caPemPath=" + directory.resolve("server.pem"));
    String uri = "https://127.0.0.1:19632";
    try {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> MilvusVectorStore.connect(uri, OPTIONS).close())
          .withMessageContaining(uri);
      System.setProperty(TRUST_STORE, directory.resolve("trusted.p12").toString());
      System.setProperty(TRUST_STORE + "Password", PASSWORD);
      try (VectorStore store = MilvusVectorStore.connect(uri, OPTIONS)) {
        putAndFind(store);
      }
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> MilvusVectorStore.connect("http://127.0.0.1:19632", OPTIONS).close());
    } finally {
      System.clearProperty(TRUST_STORE);
      System.clearProperty(TRUST_STORE + "Password");
      secure.close();
    }
  }
}
