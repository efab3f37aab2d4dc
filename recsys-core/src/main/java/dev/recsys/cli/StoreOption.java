package dev.recsys.cli;

import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.milvus.MilvusOptions;
import dev.recsys.index.milvus.MilvusVectorStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the item vectors are kept. */
final class StoreOption {
  private static final String MEMORY = "memory";
  private static final String EMBEDDED = "embedded:";
  private static final String MILVUS = "milvus:";

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = MEMORY,
      description =
          "Where the item vectors are: memory, embedded:DIR or milvus:http://HOST:PORT[/DATABASE]"
              + " (default: memory).")
  private String store = MEMORY;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "What a Milvus server asks for: an API key, or USER:PASSWORD.")
  private @Nullable String token;

  VectorStore open() {
    if (token != null && !store.startsWith(MILVUS)) {
      throw new IllegalArgumentException("--token is for --store milvus:URI, got '" + store + "'");
    }
    if (store.equals(MEMORY)) {
      return EmbeddedVectorStore.inMemory();
    }
    if (store.startsWith(EMBEDDED) && store.length() > EMBEDDED.length()) {
      return EmbeddedVectorStore.open(Path.of(store.substring(EMBEDDED.length())));
    }
    if (store.startsWith(MILVUS)) {
      return milvus(store.substring(MILVUS.length()));
    }
    throw new IllegalArgumentException(
        "--store must be memory, embedded:DIR or milvus:URI, got '" + store + "'");
  }

  private VectorStore milvus(String address) {
    int authority = address.indexOf("//") + 2;
    int slash = authority < 2 ? -1 : address.indexOf('/', authority);
    MilvusOptions options = MilvusOptions.defaults();
    if (token != null) {
      options = options.token(token);
    }
    if (slash < 0) {
      return MilvusVectorStore.connect(address, options);
    }
    String database = address.substring(slash + 1);
    return MilvusVectorStore.connect(address.substring(0, slash), options.database(database));
  }

  boolean isMemory() {
    return store.equals(MEMORY);
  }

  @Override
  public String toString() {
    return store;
  }
}
