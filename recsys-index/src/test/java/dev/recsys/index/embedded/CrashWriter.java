package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A process that writes to a store until it is killed, and says which writes were acknowledged. */
final class CrashWriter {
  static final CollectionSchema SCHEMA =
      CollectionSchema.builder("crash")
          .primaryKey("id", DataType.INT64)
          .vector("v", 4)
          .field("write", DataType.INT64)
          .build();

  static final int KEYS = 1_500;
  private static final int MOST = 40;
  private static final int FLUSH_EVERY = 7;

  private CrashWriter() {}

  /** The n-th write: some entities, or keys to delete. */
  record Write(List<Entity> upserts, List<Long> deletes) {
    static Write of(long n) {
      Random random = new Random(n * 7_919);
      boolean deletes = random.nextInt(4) == 0;
      List<Entity> upserts = new ArrayList<>();
      List<Long> keys = random.longs(1 + random.nextInt(MOST), 0, KEYS).distinct().boxed().toList();
      for (long key : keys) {
        upserts.add(entity(key, n));
      }
      return deletes ? new Write(List.of(), keys) : new Write(upserts, List.of());
    }

    void applyTo(VectorCollection collection) {
      collection.upsert(upserts);
      collection.delete(deletes.stream().mapToLong(key -> key).toArray());
    }

    /** Applies it to what is expected: for each key the number of the write. */
    void applyTo(Map<Long, Long> expected) {
      upserts.forEach(e -> expected.put(e.id(), (Long) e.fields().get("write")));
      deletes.forEach(expected::remove);
    }
  }

  static Entity entity(long key, long write) {
    Random random = new Random(key * 1_000_003 + write);
    float[] vector = new float[4];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Entity.of(key, vector).with("write", write);
  }

  static Process start(Path directory, long first, Durability durability) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashWriter.class.getName(),
            directory.toString(),
            Long.toString(first),
            durability.name())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) {
    Durability durability = Durability.valueOf(arguments[2]);
    EmbeddedOptions options = EmbeddedOptions.defaults().durability(durability);
    VectorStore store = EmbeddedVectorStore.open(Path.of(arguments[0]), options);
    VectorCollection collection = store.collection(SCHEMA.name());
    for (long n = Long.parseLong(arguments[1]); n < Long.MAX_VALUE; n++) {
      Write.of(n).applyTo(collection);
      System.out.println(n);
      if (n % FLUSH_EVERY == 0) {
        collection.flush();
      }
    }
  }
}
