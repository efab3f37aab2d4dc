package dev.recsys.index.embedded;

import dev.recsys.index.SeveralVectorsContract;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SeveralVectorsTest {
  @Nested
  class InMemoryExact extends SeveralVectorsContract {
    @Override
    protected VectorStore open() {
      return EmbeddedVectorStore.inMemory();
    }

    @Override
    protected IndexParams index(MetricType metric) {
      return IndexParams.flat(metric);
    }
  }

  @Nested
  class InMemoryHnswlib extends SeveralVectorsContract {
    @Override
    protected VectorStore open() {
      return EmbeddedVectorStore.inMemory();
    }

    @Override
    protected IndexParams index(MetricType metric) {
      return IndexParams.hnswlib(metric);
    }
  }

  abstract static class Reopened extends SeveralVectorsContract {
    @TempDir Path directory;

    @Override
    protected VectorStore open() {
      return EmbeddedVectorStore.open(directory);
    }

    @Override
    protected VectorStore settled(VectorStore current) {
      current.close();
      return open();
    }
  }

  @Nested
  class ReopenedHnsw extends Reopened {
    @Override
    protected IndexParams index(MetricType metric) {
      return IndexParams.hnsw(metric);
    }
  }

  @Nested
  class ReopenedAuto extends Reopened {
    @Override
    protected IndexParams index(MetricType metric) {
      return IndexParams.auto(metric);
    }
  }
}
