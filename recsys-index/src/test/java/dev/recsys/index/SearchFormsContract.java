package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every backend promises of searches by stored entities, and of the nearest of each group. */
public abstract class SearchFormsContract extends CollectionLifeContract {
  SearchFormsContract() {}

  private VectorCollection line(int count) {
    VectorCollection movies = movies(MetricType.L2);
    List<Entity> entities = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      entities.add(movie(id, id, 0, 0).with("year", 1900 + id / 10));
    }
    movies.upsert(entities);
    return settled(movies);
  }

  // by stored entities

  @Test
  void theNearestToStoredEntitiesBeginWithThemselves() {
    VectorCollection movies = line(9);

    List<List<Hit>> found = movies.search(SearchRequest.nearestTo(7, 2).limit(2));
    assertThat(found).hasSize(2);
    assertThat(ids(found.get(0))).startsWith(7L).hasSize(2);
    assertThat(ids(found.get(1))).containsExactly(2L, 1L);
    assertThat(found.get(1).get(0).score()).isZero();
  }

  @Test
  void theNearestToStoredEntitiesTakeAllOptions() {
    VectorCollection movies = line(9);

    SearchRequest.Batch batch =
        SearchRequest.nearestTo(1)
            .excluding(1)
            .filter("id != 2")
            .limit(2)
            .offset(1)
            .ef(64)
            .outputFields("title");
    assertThat(movies.search(batch).get(0))
        .extracting(Hit::fields)
        .containsExactly(Map.of("title", "Movie 4"), Map.of("title", "Movie 5"));
  }

  @Test
  void theNearestToTextKeysAreFound() {
    CollectionSchema schema =
        CollectionSchema.builder("words")
            .primaryKey("word", DataType.VARCHAR)
            .vector("v", 1)
            .build();
    VectorCollection words = store.create(schema, index(MetricType.L2));
    words.upsert(List.of(Entity.of("a'b", new float[] {1}), Entity.of("c", new float[] {3})));

    List<Hit> found = settled(words).search(SearchRequest.nearestTo(List.of("c"))).get(0);
    assertThat(found).extracting(Hit::key).containsExactly("c", "a'b");
  }

  @Test
  void keysThatDoNotExistOrAreOfAnotherTypeAreRefused() {
    VectorCollection movies = line(3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.search(SearchRequest.nearestTo(1, 77)))
        .withMessageContaining("movies")
        .withMessageContaining("77");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.search(SearchRequest.nearestTo(List.of("1"))))
        .withMessageContaining("INT64");
    assertThatIllegalArgumentException().isThrownBy(SearchRequest::nearestTo);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.nearestTo(new long[16_385]))
        .withMessageContaining("16385");
  }

  // groups

  @Test
  void ofEachGroupTheNearestIsFound() {
    VectorCollection movies = line(60);

    SearchRequest nearest = SearchRequest.nearest(new float[] {17, 0, 0}).groupBy("year");
    assertThat(ids(movies.search(nearest.limit(3)))).containsExactly(17L, 20L, 9L);
    assertThat(movies.search(nearest.limit(3))).extracting(Hit::fields).containsOnly(Map.of());
    assertThat(ids(movies.search(nearest.limit(2).offset(2)))).containsExactly(9L, 30L);
    assertThat(ids(movies.search(nearest.limit(100)))).hasSize(7);
    assertThat(movies.search(nearest.limit(1).outputFields("year", "title")))
        .extracting(Hit::fields)
        .containsExactly(Map.of("year", 1901, "title", "Movie 17"));
  }

  @Test
  void groupsAreMadeOfWhatTheFilterKeeps() {
    VectorCollection movies = line(60);

    SearchRequest nearest =
        SearchRequest.nearest(new float[] {17, 0, 0})
            .groupBy("year")
            .filter("id >= 18")
            .excluding(18, 20)
            .limit(2);
    assertThat(ids(movies.search(nearest))).containsExactly(19L, 21L);
  }

  @Test
  void aBatchIsGroupedSearchBySearch() {
    VectorCollection movies = line(60);

    SearchRequest.Batch batch =
        SearchRequest.nearestAll(List.of(new float[] {1, 0, 0}, new float[] {60, 0, 0}))
            .groupBy("year")
            .limit(2);
    assertThat(movies.search(batch).stream().map(ContractStore::ids))
        .containsExactly(List.of(1L, 10L), List.of(60L, 59L));
  }

  @Test
  void aFieldThatIsNoGroupIsRefused() {
    VectorCollection movies = line(3);
    SearchRequest nearest = SearchRequest.nearest(new float[3]);

    for (String field : List.of("genres", "vector", "director")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> movies.search(nearest.groupBy(field)))
          .withMessageContaining(field);
    }
  }
}
