package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** A process that writes until its heap is full, and says how its store answers then. */
final class HeapFiller {
  static final CollectionSchema SCHEMA =
      CollectionSchema.builder("full").primaryKey("id", DataType.INT64).vector("v", 512).build();
  static final int BATCH = 500;

  private HeapFiller() {}

  static List<Entity> batch(long number) {
    return LongStream.range(number * BATCH, (number + 1) * BATCH)
        .mapToObj(HeapFiller::entity)
        .toList();
  }

  static Entity entity(long id) {
    Random random = new Random(id);
    float[] vector = new float[512];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = i < 16 ? (float) random.nextGaussian() : vector[i - 16];
    }
    return Entity.of(id, vector);
  }

  /** Prints how many batches were acknowledged and what became of a search after that. */
  public static void main(String[] arguments) {
    try (VectorStore store = EmbeddedVectorStore.open(Path.of(arguments[0]))) {
      VectorCollection full =
          store.create(
              SCHEMA,
              arguments[1].equals("FLAT")
                  ? IndexParams.flat(MetricType.L2)
                  : IndexParams.hnsw(MetricType.L2));
      long batches = 0;
      try {
        while (batches < 1_000) {
          full.upsert(batch(batches));
          batches++;
        }
      } catch (OutOfMemoryError e) {
        System.out.println(batches);
      }
      System.out.println(answer(full, batches));
    }
  }

  private static String answer(VectorCollection full, long batches) {
    try {
      long id = batches * BATCH - 1;
      SearchRequest nearest = SearchRequest.nearest(entity(id).vector()).limit(1);
      return full.search(nearest).get(0).id() == id ? "found" : "wrong";
    } catch (IllegalStateException e) {
      return e.toString().contains("is released: load it") ? "released" : e.toString();
    }
  }
}
