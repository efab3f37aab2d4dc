package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.index.Entity;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.filter.FilterException;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterCacheTest {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("c")
          .primaryKey("id", DataType.INT64)
          .vector("v", 1)
          .field("n", DataType.INT32)
          .build();

  private final CollectionDescriptor descriptor =
      new CollectionDescriptor(SCHEMA, Map.of("v", IndexParams.flat(MetricType.L2)));
  private final Contents contents =
      new Contents(descriptor, new Entities(Database.inMemory(), SCHEMA), field -> null);
  private final FilterCache cache = new FilterCache(SCHEMA);

  private static List<Entity> entities(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> Entity.of(id, new float[1]).with("n", id))
        .toList();
  }

  private void write(Change change) {
    contents.follow(change).atOnce();
  }

  private static Filter below(int n) {
    return Filter.field("n").lt(n);
  }

  @Test
  void whatWasFoundIsKeptUntilTheNextWrite() {
    write(Change.put(entities(0, 10), Partitions.DEFAULT));
    Selection found = cache.find(below(3), Set.of(), contents);
    assertThat(found.size()).isEqualTo(3);
    assertThat(cache.find(Filter.parse("n < 3"), Set.of(), contents)).isSameAs(found);
    assertThat(found.ids(contents)).isSameAs(found.ids(contents));

    write(Change.remove(List.of(1L)));
    assertThat(cache.find(below(3), Set.of(), contents).size()).isEqualTo(2);
    write(Change.put(entities(0, 2), Partitions.DEFAULT));
    Selection last = cache.find(below(3), Set.of(), contents);
    assertThat(last.size()).isEqualTo(3);
    assertThat(found.ids(contents).size()).isEqualTo(3);
    assertThat(last.ids(contents).test(1)).isTrue();
    assertThat(last.ids(contents).test(3)).isFalse();
  }

  @Test
  void manyFiltersPushTheOldestOut() {
    write(Change.put(entities(0, 100), Partitions.DEFAULT));
    Selection first = cache.find(below(1), Set.of(), contents);
    for (int n = 2; n <= 16; n++) {
      assertThat(cache.find(below(n), Set.of(), contents).size()).isEqualTo(n);
    }
    assertThat(cache.find(below(1), Set.of(), contents)).isSameAs(first);
    Selection second = cache.find(below(2), Set.of(), contents);
    for (int n = 20; n < 36; n++) {
      assertThat(cache.find(below(n), Set.of(), contents).size()).isEqualTo(n);
    }
    assertThat(cache.find(below(2), Set.of(), contents)).isNotSameAs(second);
    assertThat(cache.find(below(2), Set.of(), contents).size()).isEqualTo(2);
  }

  @Test
  void aFilterThatDoesNotFitIsRefusedEveryTime() {
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(FilterException.class)
          .isThrownBy(() -> cache.find(Filter.parse("m == 1"), Set.of(), contents));
    }
  }
}
