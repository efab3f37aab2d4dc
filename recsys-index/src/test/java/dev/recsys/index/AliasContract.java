package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.MetricType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every backend promises of aliases. */
public abstract class AliasContract extends FilterContract {
  AliasContract() {}

  private VectorCollection generation(int number) {
    CollectionSchema schema =
        CollectionSchema.builder("movies_" + number)
            .primaryKey("id", DataType.INT64)
            .vector("vector", 1)
            .build();
    VectorCollection collection = store.create(schema, index(MetricType.L2));
    collection.upsert(List.of(Entity.of(number, new float[] {number})));
    return collection;
  }

  @Test
  void anAliasStandsForItsCollection() {
    generation(1);
    generation(2);
    store.alias("live", "movies_1");
    store.alias("also_live", "movies_1");
    store = settled(store);

    assertThat(store.aliases())
        .containsExactly(Map.entry("also_live", "movies_1"), Map.entry("live", "movies_1"))
        .isUnmodifiable();
    assertThat(store.has("live")).isTrue();
    assertThat(store.list()).containsExactly("movies_1", "movies_2");
    VectorCollection live = store.collection("live");
    assertThat(live.name()).isEqualTo("movies_1");
    assertThat(live.indexParams()).isEqualTo(index(MetricType.L2));
    assertThat(live.schema().name()).isEqualTo("movies_1");
    assertThat(ids(live.search(SearchRequest.nearest(new float[1])))).containsExactly(1L);
    assertThat(live.get(1)).hasSize(1);
    live.upsert(List.of(Entity.of(7, new float[1])));
    assertThat(live.count()).isEqualTo(2);
    assertThat(live.query(QueryRequest.where("id > 1"))).containsExactly(Map.of("id", 7L));
    assertThat(live.delete(7)).isEqualTo(1);
    assertThat(store.collection("movies_1").count()).isEqualTo(1);
    assertThat(store.collection("movies_2").count()).isEqualTo(1);
  }

  @Test
  void aMovedAliasTakesWhatWasObtainedByItAlong() {
    generation(1);
    store.alias("live", "movies_1");
    store = settled(store);
    VectorCollection live = store.collection("live");
    assertThat(ids(live.search(SearchRequest.nearest(new float[1])))).containsExactly(1L);

    generation(2);
    store.alias("live", "movies_2");
    store.drop("movies_1");

    assertThat(ids(live.search(SearchRequest.nearest(new float[1])))).containsExactly(2L);
    assertThat(store.aliases()).containsExactly(Map.entry("live", "movies_2"));
    store = settled(store);
    assertThat(ids(store.collection("live").search(SearchRequest.nearest(new float[1]))))
        .containsExactly(2L);
  }

  @Test
  void aDroppedAliasLeavesTheCollectionAndFreesTheName() {
    generation(1);
    store.alias("live", "movies_1");
    store.dropAlias("live");
    store.dropAlias("live");
    store.dropAlias("movies_1");
    store = settled(store);

    assertThat(store.aliases()).isEmpty();
    assertThat(store.has("live")).isFalse();
    assertThat(store.list()).containsExactly("movies_1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.collection("live"))
        .withMessageContaining("live");
    store.alias("live", "movies_1");
    assertThat(store.collection("live").count()).isEqualTo(1);
  }

  @Test
  void namesOfCollectionsAndAliasesDoNotMeet() {
    generation(1);
    generation(2);
    store.alias("live", "movies_1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.alias("movies_2", "movies_1"))
        .withMessageContaining("movies_2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.alias("movies_1", "movies_1"))
        .withMessageContaining("movies_1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.alias("live", "films"))
        .withMessageContaining("films");
    assertThatIllegalArgumentException().isThrownBy(() -> store.alias("no name", "movies_1"));
    CollectionSchema taken =
        CollectionSchema.builder("live").primaryKey("k", DataType.INT64).vector("v", 1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.create(taken, index(MetricType.IP)))
        .withMessageContaining("live");
    assertThat(store.aliases()).containsExactly(Map.entry("live", "movies_1"));
  }

  @Test
  void aCollectionWithAnAliasIsNotDropped() {
    generation(1);
    store.alias("live", "movies_1");

    for (String name : List.of("live", "movies_1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.drop(name))
          .withMessageContaining("live")
          .withMessageContaining("movies_1");
    }
    assertThat(settled(store.collection("movies_1")).count()).isEqualTo(1);
    store.dropAlias("live");
    store.drop("movies_1");
    assertThat(store.list()).isEmpty();
  }

  @Test
  void anAliasOfAnAliasStandsForTheCollection() {
    generation(1);
    generation(2);
    store.alias("live", "movies_1");
    store.alias("next", "live");
    store.alias("live", "movies_2");

    assertThat(store.aliases())
        .containsExactly(Map.entry("live", "movies_2"), Map.entry("next", "movies_1"));
  }
}
