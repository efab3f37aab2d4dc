package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.Iterators;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.MetricType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Milvus's limits, which every backend has: what just fits is kept, and what does not refused. */
public abstract class LimitsContract extends SearchFormsContract {
  private static final int MANY = 16_500;

  LimitsContract() {}

  private static CollectionSchema.Builder schema(String name) {
    return CollectionSchema.builder(name).primaryKey("id", DataType.INT64).vector("v", 1);
  }

  private VectorCollection numbers(int count) {
    VectorCollection numbers = store.create(schema("numbers").build(), index(MetricType.L2));
    List<Entity> entities =
        LongStream.range(0, count).mapToObj(id -> Entity.of(id, new float[] {id})).toList();
    numbers.upsert(entities);
    return settled(numbers);
  }

  @Test
  void aNameOf255CharactersIsANameAndOneMoreIsNot() {
    String name = "_" + "n".repeat(254);
    store.create(schema(name).build(), index(MetricType.IP));
    store = settled(store);

    assertThat(store.list()).containsExactly(name);
    assertThat(store.collection(name).schema().name()).isEqualTo(name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schema(name + "n"))
        .withMessageContaining("255");
    for (String bad : List.of("", "1st", "a-b", "a b", "né")) {
      assertThatIllegalArgumentException().isThrownBy(() -> schema(bad));
    }
  }

  @Test
  void aVectorOf32768ComponentsIsKeptAndALongerOneIsNot() {
    int most = 32_768;
    CollectionSchema wide =
        CollectionSchema.builder("wide").primaryKey("id", DataType.INT64).vector("v", most).build();
    VectorCollection collection = store.create(wide, index(MetricType.L2));
    float[] vector = new float[most];
    vector[most - 1] = 3;
    collection.upsert(List.of(Entity.of(1, vector)));
    collection = settled(collection);

    assertThat(collection.get(1).get(0).vector()).isEqualTo(vector);
    assertThat(collection.search(SearchRequest.nearest(new float[most])))
        .extracting(Hit::score)
        .containsExactly(9f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.vector("v", most + 1))
        .withMessageContaining("32768");
  }

  @Test
  void aSchemaHas64FieldsAndNotOneMore() {
    CollectionSchema.Builder full = schema("full");
    for (int i = 2; i < 64; i++) {
      full.field("f" + i, DataType.INT8);
    }
    Entity entity = Entity.of(1, new float[] {1});
    for (int i = 2; i < 64; i++) {
      entity = entity.with("f" + i, i);
    }
    VectorCollection collection = store.create(full.build(), index(MetricType.IP));
    collection.upsert(List.of(entity));

    assertThat(settled(collection).get(1)).containsExactly(entity);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> full.field("f64", DataType.INT8))
        .withMessageContaining("64");
  }

  @Test
  void aTextIsAsLongAsItsFieldSaysInBytes() {
    CollectionSchema schema =
        schema("texts")
            .add(FieldSchema.scalar("short", DataType.VARCHAR).withMaxLength(4))
            .field("long", DataType.VARCHAR)
            .build();
    VectorCollection texts = store.create(schema, index(MetricType.IP));
    Entity fits =
        Entity.of(1, new float[] {1}).with("short", "éé").with("long", "x".repeat(65_535));
    texts.upsert(List.of(fits));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts.upsert(List.of(fits.with("short", "ééa"))))
        .withMessageContaining("short")
        .withMessageContaining("4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts.upsert(List.of(fits.with("long", "x".repeat(65_536)))))
        .withMessageContaining("long");
    assertThat(settled(texts).get(1)).containsExactly(fits);
  }

  @Test
  void anArrayHas4096ElementsAndNotOneMore() {
    CollectionSchema schema = schema("arrays").arrayField("a", DataType.INT32).build();
    VectorCollection arrays = store.create(schema, index(MetricType.IP));
    Entity entity = Entity.of(1, new float[] {1});
    Entity fits = entity.with("a", Collections.nCopies(4_096, 7));
    arrays.upsert(List.of(fits));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> arrays.upsert(List.of(entity.with("a", Collections.nCopies(4_097, 7)))))
        .withMessageContaining("4096");
    assertThat(settled(arrays).get(1)).containsExactly(fits);
  }

  @Test
  void integersKeepTheRangeOfTheirType() {
    CollectionSchema schema =
        schema("integers")
            .field("tiny", DataType.INT8)
            .field("small", DataType.INT16)
            .field("int", DataType.INT32)
            .field("long", DataType.INT64)
            .build();
    VectorCollection integers = store.create(schema, index(MetricType.IP));
    Entity least = integers(1, -128, -32_768, Integer.MIN_VALUE, Long.MIN_VALUE);
    Entity most = integers(2, 127, 32_767, Integer.MAX_VALUE, Long.MAX_VALUE);
    integers.upsert(List.of(least, most));

    assertThat(settled(integers).get(1, 2)).containsExactly(least, most);
    for (Map.Entry<String, Long> over :
        Map.of("tiny", 128L, "small", -32_769L, "int", 1L << 31).entrySet()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> integers.upsert(List.of(least.with(over.getKey(), over.getValue()))))
          .withMessageContaining(over.getKey());
    }
  }

  private static Entity integers(long id, int tiny, int small, int number, long big) {
    return Entity.of(id, new float[] {1})
        .with("tiny", tiny)
        .with("small", small)
        .with("int", number)
        .with("long", big);
  }

  @Test
  void vectorsThatAreNotFiniteAreNeitherInsertedNorAskedFor() {
    VectorCollection numbers = numbers(3);

    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> numbers.insert(List.of(Entity.of(9, new float[] {bad}))));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> numbers.search(SearchRequest.nearest(new float[] {bad})));
    }
    assertThat(numbers.count()).isEqualTo(3);
  }

  @Test
  void aSearchLooksAtNoMoreThan16384Entities() {
    VectorCollection numbers = numbers(20);
    SearchRequest nearest = SearchRequest.nearest(new float[] {0});

    assertThat(numbers.search(nearest.limit(16_384))).hasSize(20);
    assertThat(numbers.search(nearest.limit(384).offset(16_000))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nearest.limit(16_385))
        .withMessageContaining("16384");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nearest.limit(385).offset(16_000))
        .withMessageContaining("15999");
    assertThatIllegalArgumentException().isThrownBy(() -> nearest.limit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> nearest.offset(-1));
  }

  @Test
  void aBatchHasAtMost16384Searches() {
    VectorCollection numbers = numbers(2);
    List<float[]> most = Collections.nCopies(16_384, new float[] {1});

    assertThat(numbers.search(SearchRequest.nearestAll(most).limit(1)))
        .hasSize(16_384)
        .allSatisfy(hits -> assertThat(ids(hits)).containsExactly(1L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.nearestAll(Collections.nCopies(16_385, new float[1])))
        .withMessageContaining("16384");
    assertThatIllegalArgumentException().isThrownBy(() -> SearchRequest.nearestAll(List.of()));
  }

  @Test
  void theCandidatesOfAGraphAreLimited() {
    SearchRequest nearest = SearchRequest.nearest(new float[] {0});

    assertThat(ids(numbers(5).search(nearest.ef(32_768).limit(1)))).containsExactly(0L);
    assertThatIllegalArgumentException().isThrownBy(() -> nearest.ef(0));
    assertThatIllegalArgumentException().isThrownBy(() -> nearest.ef(32_769));
  }

  @Test
  void moreEntitiesThanOneAnswerHoldsAreIteratedGotAndDeleted() {
    VectorCollection numbers = numbers(MANY);
    long[] all = LongStream.range(0, MANY).toArray();

    assertThat(numbers.count()).isEqualTo(MANY);
    assertThat(Iterators.size(numbers.queryIterator(QueryRequest.all(), 5_000))).isEqualTo(MANY);
    assertThat(numbers.get(all)).hasSize(MANY);
    assertThat(numbers.delete(all)).isEqualTo(MANY);
    assertThat(settled(numbers).count()).isZero();
  }
}
