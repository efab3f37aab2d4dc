package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallHeapTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"FLAT", "HNSW"})
  void aFullHeapLosesNothingThatWasAcknowledged(String type) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapFiller.class.getName(),
                directory.toString(),
                type)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    List<String> lines =
        output.lines().filter(line -> line.matches("\\d+|found|released|wrong.*")).toList();
    assertThat(lines).as(output).hasSize(2);
    assertThat(lines.get(1)).isIn("found", "released");

    long acknowledged = Long.parseLong(lines.get(0)) * HeapFiller.BATCH;
    assertThat(acknowledged).isPositive();
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection full = store.collection("full");
      // the batch that did not return was committed or was not
      assertThat(full.count()).isIn(acknowledged, acknowledged + HeapFiller.BATCH);
      for (long id = 0; id < acknowledged; id += 997) {
        List<Hit> hits =
            full.search(SearchRequest.nearest(HeapFiller.entity(id).vector()).limit(1).ef(100));
        assertThat(hits).extracting(Hit::id).containsExactly(id);
      }
    }
  }
}
