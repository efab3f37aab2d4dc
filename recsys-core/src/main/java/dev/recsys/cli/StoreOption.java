package dev.recsys.cli;

import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import java.nio.file.Path;
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
      description = "Where the item vectors are: memory or embedded:DIR (default: memory).")
  private String store = MEMORY;

  VectorStore open() {
    if (store.equals(MEMORY)) {
      return EmbeddedVectorStore.inMemory();
    }
    if (store.startsWith(EMBEDDED) && store.length() > EMBEDDED.length()) {
      return EmbeddedVectorStore.open(Path.of(store.substring(EMBEDDED.length())));
    }
    if (store.startsWith(MILVUS)) {
      throw new IllegalArgumentException(
          "--store " + store + ": this version has no Milvus store; use memory or embedded:DIR");
    }
    throw new IllegalArgumentException(
        "--store must be memory or embedded:DIR, got '" + store + "'");
  }

  boolean isMemory() {
    return store.equals(MEMORY);
  }

  @Override
  public String toString() {
    return store;
  }
}
