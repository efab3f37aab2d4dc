package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.MetricType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HnswlibIndexTest extends AnnIndexContract {
  @Override
  AnnIndex index(int dimension, MetricType metric) {
    return HnswlibIndex.builder(dimension, metric).m(16).efConstruction(80).build();
  }

  @Override
  double recall() {
    return 0.97;
  }

  @Test
  void aWiderEfVisitsMoreAndAnIndexServesManyEfsAtOnce() throws Exception {
    Random random = new Random(31);
    AnnIndex index = index(16, MetricType.COSINE);
    for (long id = 0; id < 2_000; id++) {
      index.add(id, gaussian(random, 16));
    }
    float[] query = gaussian(random, 16);
    int narrow = index.search(query, 5, 10, null).visited();
    int wide = index.search(query, 5, 100, null).visited();
    assertThat(narrow).isLessThan(wide);
    assertThat(wide).isLessThan(2_000);

    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> visits = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int ef = i % 2 == 0 ? 10 : 100;
        visits.add(threads.submit(() -> index.search(query, 5, ef, null).visited()));
      }
      for (int i = 0; i < visits.size(); i++) {
        assertThat(visits.get(i).get()).isEqualTo(i % 2 == 0 ? narrow : wide);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void neverMoreThanHalfOfTheGraphIsRemovedNodes() {
    Random random = new Random(32);
    AnnIndex index = index(8, MetricType.L2);
    Map<Long, float[]> vectors = new LinkedHashMap<>();
    for (int turnover = 0; turnover < 4; turnover++) {
      for (long id = 0; id < 1_200; id++) {
        float[] vector = gaussian(random, 8);
        vectors.put(id, vector);
        index.add(id, vector);
      }
    }
    int found = 0;
    int visited = 0;
    for (int i = 0; i < 20; i++) {
      float[] query = gaussian(random, 8);
      SearchResult result = index.search(query, 10, 100, null);
      List<Long> expected = exact(MetricType.L2, vectors, query, 10, null);
      found += (int) ids(result).stream().filter(expected::contains).count();
      visited = Math.max(visited, result.visited());
    }
    assertThat(found).isGreaterThanOrEqualTo(194);
    // at worst half of 2,500 nodes; without a new graph there would be 4,800 to walk through
    assertThat(visited).isLessThan(1_250);
  }

  @Test
  void aSelectiveFilterIsAnsweredExactly() {
    Random random = new Random(33);
    AnnIndex index = index(8, MetricType.IP);
    Map<Long, float[]> vectors = new LinkedHashMap<>();
    for (long id = 0; id < 2_000; id++) {
      vectors.put(id, gaussian(random, 8));
    }
    vectors.forEach(index::add);
    float[] query = gaussian(random, 8);

    assertThat(ids(index.search(query, 5, 10, id -> id % 333 == 1)))
        .isEqualTo(exact(MetricType.IP, vectors, query, 5, id -> id % 333 == 1));
  }

  @Test
  void parametersOutsideTheirRangesAreRefused() {
    HnswlibIndex.Builder builder = HnswlibIndex.builder(4, MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.m(1))
        .withMessage("m: must lie in 2..2048, received 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.efConstruction(0))
        .withMessageContaining("efConstruction");
  }

  @Test
  void vectorsAreNeverWrittenByJavaSerialisation() throws IOException {
    ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> out.writeObject(HnswlibPoint.entry(1, new float[1])));
  }
}
