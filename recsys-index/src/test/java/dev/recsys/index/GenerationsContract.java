package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.Iterables;
import dev.recsys.index.schema.MetricType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every backend promises of collections that replace each other under an alias. */
public abstract class GenerationsContract extends LimitsContract {
  GenerationsContract() {}

  private static List<Entity> films(int from, int to) {
    return LongStream.range(from, to).mapToObj(id -> movie(id, (float) id, 1, 0)).toList();
  }

  private String load(MetricType metric, Iterable<Entity> entities) {
    return Generations.of(store, "live").load(MOVIES, index(metric), entities);
  }

  @Test
  void theFirstGenerationIsThereUnderItsAlias() {
    assertThat(load(MetricType.IP, films(1, 30))).isEqualTo("live_1");
    store = settled(store);

    assertThat(store.list()).containsExactly("live_1");
    assertThat(store.aliases()).containsExactly(Map.entry("live", "live_1"));
    assertThat(store.collection("live").count()).isEqualTo(29);
  }

  @Test
  void theNextGenerationTakesThePlaceOfTheOneBefore() {
    load(MetricType.L2, films(1, 30));
    VectorCollection live = store.collection("live");
    assertThat(load(MetricType.COSINE, films(40, 45))).isEqualTo("live_2");

    assertThat(live.count()).isEqualTo(5);
    store = settled(store);
    assertThat(store.list()).containsExactly("live_2");
    assertThat(store.aliases()).containsExactly(Map.entry("live", "live_2"));
  }

  @Test
  void aFailureOnTheWayLeavesTheOldGenerationAndNothingElse() {
    load(MetricType.L2, films(1, 4));
    Iterable<Entity> failing =
        Iterables.transform(
            films(1, 2_500),
            film -> {
              if (film.id() == 2_200) {
                throw new IllegalStateException("the source ended");
              }
              return film;
            });

    assertThatThrownBy(() -> load(MetricType.L2, failing)).hasMessage("the source ended");
    List<Entity> misfits = List.of(movie(1, 1, 0, 0).with("year", "old"));
    assertThatIllegalArgumentException().isThrownBy(() -> load(MetricType.L2, misfits));
    store = settled(store);
    assertThat(store.list()).containsExactly("live_1");
    assertThat(store.collection("live").count()).isEqualTo(3);
  }

  @Test
  void aGenerationThatHasAnotherAliasStays() {
    load(MetricType.L2, films(1, 4));
    store.alias("archive", "live_1");
    load(MetricType.L2, films(1, 5));

    assertThat(store.list()).containsExactly("live_1", "live_2");
    assertThat(store.collection("archive").count()).isEqualTo(3);
    assertThat(store.collection("live").count()).isEqualTo(4);
  }

  @Test
  void collectionsOfSimilarNamesAreNoGenerations() {
    store.create(MOVIES.named("live_x"), index(MetricType.L2));
    store.create(MOVIES.named("live_0"), index(MetricType.L2));
    store.create(MOVIES.named("alive_7"), index(MetricType.L2));
    store.create(MOVIES.named("live_4"), index(MetricType.L2));

    assertThat(load(MetricType.L2, List.of())).isEqualTo("live_5");
    assertThat(store.list()).containsExactly("alive_7", "live_0", "live_5", "live_x");
  }
}
