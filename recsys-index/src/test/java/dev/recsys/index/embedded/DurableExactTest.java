package dev.recsys.index.embedded;

import dev.recsys.index.VectorStore;
import dev.recsys.index.VectorStoreContract;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DurableExactTest extends VectorStoreContract {
  @TempDir Path directory;

  @Override
  protected VectorStore open() {
    return EmbeddedVectorStore.open(directory);
  }

  @Override
  protected IndexParams index(MetricType metric) {
    return IndexParams.flat(metric);
  }
}
