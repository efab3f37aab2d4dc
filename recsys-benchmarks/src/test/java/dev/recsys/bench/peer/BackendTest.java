package dev.recsys.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.bench.data.GroundTruth;
import dev.recsys.bench.data.KeptIds;
import dev.recsys.bench.data.Spectrum;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every backend finds what a comparison with all vectors finds. */
class BackendTest {
  private static final int K = 10;
  private static final int EFFORT = 200;
  private static final VectorSet UNIT = Spectrum.LOW_RANK.generate(3_000, 48, 60, MetricType.IP, 7);
  private static final VectorSet UNEVEN = Spectrum.FLAT.generate(1_500, 24, 60, MetricType.IP, 7);

  @TempDir private Path directory;

  private PeerSettings settings(VectorSet set, int threads) {
    return new PeerSettings(set.metric(), set.dimension(), set.unit(), threads, 7, directory);
  }

  private static int[][] find(Peer peer, VectorSet set, @Nullable KeptIds kept) {
    int[][] found = new int[set.queries().length][];
    for (int i = 0; i < found.length; i++) {
      int[] ids = new int[K];
      found[i] = Arrays.copyOf(ids, peer.search(set.queries()[i], EFFORT, kept, ids));
    }
    return found;
  }

  private static void assertFound(
      Backend backend, VectorSet set, @Nullable KeptIds kept, int[][] found) {
    double recall = GroundTruth.compute(set, K, kept).recall(found);
    if (backend.exact()) {
      assertThat(recall).isEqualTo(1.0);
    } else {
      assertThat(recall).isGreaterThanOrEqualTo(0.95);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheNearestOfUnitVectors(Backend backend) {
    try (Peer peer = backend.build(settings(UNIT, 1), UNIT.base())) {
      assertFound(backend, UNIT, null, find(peer, UNIT, null));
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheNearestByEveryMetric(Backend backend) {
    for (MetricType metric : MetricType.values()) {
      VectorSet set = new VectorSet("uneven", metric, UNEVEN.base(), UNEVEN.queries());
      if (backend.takes(settings(set, 1))) {
        try (Peer peer = backend.build(settings(set, 1), set.base())) {
          assertFound(backend, set, null, find(peer, set, null));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsOnlyWhatAFilterKeeps(Backend backend) {
    if (!backend.filters()) {
      return;
    }
    try (Peer peer = backend.build(settings(UNIT, 1), UNIT.base())) {
      for (double share : new double[] {0.01, 0.1, 0.5}) {
        KeptIds kept = KeptIds.random(UNIT.size(), share, 7);
        int[][] found = find(peer, UNIT, kept);
        assertThat(Arrays.stream(found).flatMapToInt(IntStream::of)).allMatch(kept::contains);
        assertFound(backend, UNIT, kept, found);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsAsMuchBuiltByTwoThreads(Backend backend) {
    try (Peer peer = backend.build(settings(UNIT, 2), UNIT.base())) {
      assertFound(backend, UNIT, null, find(peer, UNIT, null));
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheSameAfterItWasSavedAndLoaded(Backend backend) {
    try (Peer peer = backend.build(settings(UNIT, 1), UNIT.base())) {
      if (!(peer instanceof StoredPeer stored)) {
        assertThatThrownBy(() -> backend.load(settings(UNIT, 1), directory.resolve("none")))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(backend.label());
        return;
      }
      Path file = directory.resolve("saved");
      stored.save(file);
      try (Peer loaded = backend.load(settings(UNIT, 1), file)) {
        assertThat(find(loaded, UNIT, null)).isDeepEqualTo(find(peer, UNIT, null));
      }
    }
  }

  @Test
  void storesOfCosinesAreNotAskedForInnerProductsOfUnevenVectors() {
    assertThatThrownBy(() -> Backend.LANGCHAIN4J.build(settings(UNEVEN, 1), UNEVEN.base()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("langchain4j does not take 24-d vectors under IP");
  }

  @Test
  void namesAreFoundInAnyCaseAndRefusedWithTheChoice() {
    assertThat(Backend.named("hnswlib-Core")).isEqualTo(Backend.HNSWLIB_CORE);
    assertThat(Arrays.stream(Backend.values()).map(Backend::label)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> Backend.named("faiss"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[EXACT, HNSW, ")
        .hasMessageContaining("faiss");
  }
}
