package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every backend promises of VARCHAR keys, JSON, the dynamic field, offsets and ranges. */
public abstract class KeyContract extends AliasContract {
  private static final CollectionSchema BOOKS =
      CollectionSchema.builder("books")
          .add(FieldSchema.primaryKey("isbn", DataType.VARCHAR).withMaxLength(64))
          .vector("vector", 2)
          .field("pages", DataType.INT32)
          .build();

  /** Keys that would end a text, or a list, if they were not escaped. */
  private static final List<String> ODD_KEYS =
      List.of(
          "", "a'b", "a\"b", "\\", "x\", \"y", "] or pages > 0", "\uD83C\uDFAC", "\uFFFD", "%_");

  KeyContract() {}

  private static Entity book(String isbn, int pages) {
    return Entity.of(isbn, new float[] {pages, 1}).with("pages", pages);
  }

  private static List<Object> keys(List<Hit> hits) {
    return hits.stream().map(Hit::key).toList();
  }

  private VectorCollection books(Entity... entities) {
    VectorCollection books = store.create(BOOKS, index(MetricType.IP));
    books.upsert(Arrays.asList(entities));
    return settled(books);
  }

  @Test
  void textsAreKeysInWhatGoesInAndComesOut() {
    VectorCollection books = books(book("b", 2), book("a", 1), book("c", 3));

    assertThat(books.schema()).isEqualTo(BOOKS);
    assertThat(books.get(List.of("c", "none", "a", "c")))
        .containsExactly(book("c", 3), book("a", 1));
    List<Hit> hits =
        books.search(SearchRequest.nearest(new float[] {1, 0}).outputFields("isbn", "pages"));
    assertThat(hits).first().isEqualTo(new Hit("c", 3, Map.of("isbn", "c", "pages", 3)));
    assertThat(keys(hits)).containsExactly("c", "b", "a");
    assertThatIllegalStateException().isThrownBy(() -> hits.get(0).id());
    assertThat(books.query(QueryRequest.where("isbn >= 'b'").outputFields("pages")))
        .containsExactly(Map.of("isbn", "b", "pages", 2), Map.of("isbn", "c", "pages", 3));
    assertThat(books.count(Filter.parse("isbn in ['a', 'z'] or isbn == 'c'"))).isEqualTo(2);
  }

  @Test
  void entitiesUnderTextsAreOverwrittenAndDeleted() {
    VectorCollection books = books(book("b", 2), book("a", 1), book("c", 3), book("d", 4));
    books.upsert(List.of(book("a", 9), book("e", 5)));
    assertThat(books.delete(List.of("b", "none"))).isEqualTo(2);
    assertThat(books.delete(Filter.parse("pages == 3"))).isEqualTo(1);
    books.upsert(List.of(book("b", 7)));
    books = settled(books);

    assertThat(books.count()).isEqualTo(4);
    SearchRequest request = SearchRequest.nearest(new float[] {1, 0});
    assertThat(keys(books.search(request))).containsExactly("a", "b", "e", "d");
    assertThat(keys(books.search(request.limit(1)))).containsExactly("a");
    assertThat(keys(books.search(request.excluding(List.of("a", "e", "none")))))
        .containsExactly("b", "d");
    assertThat(keys(books.search(request.filter("pages < 9").excluding(List.of("b")))))
        .containsExactly("e", "d");
  }

  @Test
  void oddTextsAreKeysLikeOthers() {
    Entity[] entities =
        ODD_KEYS.stream().map(key -> book(key, ODD_KEYS.indexOf(key) + 1)).toArray(Entity[]::new);
    VectorCollection books = books(entities);

    assertThat(books.get(ODD_KEYS)).containsExactly(entities);
    for (String key : ODD_KEYS) {
      assertThat(books.get(List.of(key))).as(key).extracting(Entity::key).containsExactly(key);
      assertThat(books.query(QueryRequest.where(Filter.field("isbn").eq(key))))
          .as(key)
          .containsExactly(Map.of("isbn", key));
    }
    List<String> others = ODD_KEYS.subList(1, ODD_KEYS.size());
    assertThat(keys(books.search(SearchRequest.nearest(new float[2]).excluding(others))))
        .containsExactly("");
    assertThat(books.delete(others)).isEqualTo(others.size());
    assertThat(books.count()).isEqualTo(1);
  }

  @Test
  void textsComeInTheOrderOfTheirBytes() {
    // by UTF-16 the surrogates of the last but one would come before the last
    List<String> ascending = List.of("", "A", "a", "a0", "b", "é", "\uFFFD", "\uD83C\uDFAC");
    List<String> shuffled = new ArrayList<>(ascending);
    Collections.reverse(shuffled);
    VectorCollection books =
        books(shuffled.stream().map(key -> book(key, 1)).toArray(Entity[]::new));

    assertThat(books.query(QueryRequest.where("pages == 1")))
        .extracting(row -> row.get("isbn"))
        .containsExactlyElementsOf(ascending);
    assertThat(books.query(QueryRequest.all().limit(3).offset(5)))
        .extracting(row -> row.get("isbn"))
        .containsExactlyElementsOf(ascending.subList(5, 8));
    assertThat(keys(books.search(SearchRequest.nearest(new float[] {1, 0}))))
        .containsExactlyElementsOf(ascending);
  }

  @Test
  void keysOfTheOtherTypeAreRefused() {
    VectorCollection books = books();
    VectorCollection movies = movies(MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.get(1))
        .withMessageContaining("the primary key is VARCHAR, received keys of INT64");
    assertThatIllegalArgumentException().isThrownBy(() -> books.delete(1));
    assertThatIllegalArgumentException().isThrownBy(() -> movies.get(List.of("a")));
    assertThatIllegalArgumentException().isThrownBy(() -> movies.delete(List.of("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.upsert(List.of(Entity.of(1, new float[2]).with("pages", 1))))
        .withMessageContaining("isbn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.search(SearchRequest.nearest(new float[2]).excluding(1)))
        .withMessageContaining("excluded");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.search(SearchRequest.nearest(new float[3]).excluding(List.of(""))))
        .withMessageContaining("excluded");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> books.upsert(List.of(book("x".repeat(65), 1))))
        .withMessageContaining("64 bytes");
  }

  @Test
  void jsonAndFieldsThatAreNotDeclaredComeBackAsTheyWentIn() {
    CollectionSchema schema =
        CollectionSchema.builder("things")
            .primaryKey("id", DataType.INT64)
            .vector("vector", 1)
            .field("j", DataType.JSON)
            .dynamicField()
            .build();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", "a\"\\\n\uD83C\uDFAC");
    json.put("number", 7L);
    json.put("real", 0.5);
    json.put("true", true);
    json.put("null", null);
    json.put("list", Arrays.asList(1L, "two", null, List.of(), Map.of("k", false)));
    VectorCollection things = store.create(schema, index(MetricType.L2));
    Entity rich =
        Entity.of(1, new float[1]).with("j", json).with("colour", "red").with("size", List.of(1L));
    Entity poor = Entity.of(2, new float[1]).with("j", Map.of()).with("colour", null);
    things.upsert(List.of(rich, poor));
    things = settled(things);

    assertThat(things.get(1, 2)).containsExactly(rich, poor);
    QueryRequest all = QueryRequest.where("id > 0");
    assertThat(things.query(all.outputFields("j", "colour")))
        .containsExactly(
            Map.of("id", 1L, "j", json, "colour", "red"), Map.of("id", 2L, "j", Map.of()));
    assertThat(things.query(all.outputFields("*")).get(0))
        .containsOnlyKeys("id", "vector", "j", "colour", "size");
    SearchRequest nearest = SearchRequest.nearest(new float[1]).filter("colour == 'red'");
    assertThat(things.search(nearest.outputFields("size", "none")))
        .containsExactly(new Hit(1, 0, Map.of("size", List.of(1L))));
  }

  // offset and range

  private VectorCollection line(MetricType metric) {
    VectorCollection movies = movies(metric);
    movies.upsert(IntStream.rangeClosed(1, 10).mapToObj(id -> movie(id, id, 0, 0)).toList());
    return settled(movies);
  }

  @Test
  void anOffsetPassesOverTheNearest() {
    VectorCollection movies = line(MetricType.L2);
    SearchRequest request = SearchRequest.nearest(new float[3]).limit(3);

    assertThat(ids(movies.search(request.offset(2)))).containsExactly(3L, 4L, 5L);
    assertThat(ids(movies.search(request.offset(8)))).containsExactly(9L, 10L);
    assertThat(ids(movies.search(request.offset(10)))).isEmpty();
    assertThat(ids(movies.search(request.offset(1).filter("year % 2 == 0"))))
        .containsExactly(4L, 6L, 8L);
    assertThat(
            movies.search(
                SearchRequest.nearestAll(List.of(new float[3], new float[] {11, 0, 0}))
                    .limit(2)
                    .offset(1)))
        .extracting(ContractStore::ids)
        .containsExactly(List.of(2L, 3L), List.of(9L, 8L));
    assertThatIllegalArgumentException().isThrownBy(() -> request.offset(16_382));
    assertThatIllegalArgumentException().isThrownBy(() -> request.offset(-1));
  }

  @Test
  void aRangeOfDistancesBoundsWhatIsFound() {
    VectorCollection movies = line(MetricType.L2);
    SearchRequest request = SearchRequest.nearest(new float[3]).limit(3);

    assertThat(ids(movies.search(request.radius(9)))).containsExactly(1L, 2L);
    assertThat(ids(movies.search(request.radius(1_000)))).containsExactly(1L, 2L, 3L);
    assertThat(ids(movies.search(request.radius(0.5f)))).isEmpty();
    assertThat(ids(movies.search(request.radius(50).rangeFilter(16)))).containsExactly(4L, 5L, 6L);
    assertThat(ids(movies.search(request.radius(100).rangeFilter(50)))).containsExactly(8L, 9L);
    assertThat(
            ids(movies.search(request.radius(100).rangeFilter(16).filter("id != 5").excluding(4))))
        .containsExactly(6L, 7L, 8L);
  }

  @Test
  void aRangeOfProductsBoundsWhatIsFound() {
    VectorCollection movies = line(MetricType.IP);
    SearchRequest request = SearchRequest.nearest(new float[] {2, 0, 0}).limit(4);

    assertThat(ids(movies.search(request.radius(14)))).containsExactly(10L, 9L, 8L);
    assertThat(ids(movies.search(request.radius(4).rangeFilter(8)))).containsExactly(4L, 3L);
    assertThat(ids(movies.search(request.radius(-1).rangeFilter(12))))
        .containsExactly(6L, 5L, 4L, 3L);
    assertThat(
            movies.search(
                SearchRequest.nearestAll(List.of(new float[] {1, 0, 0}, new float[] {2, 0, 0}))
                    .radius(6)
                    .rangeFilter(9)))
        .extracting(ContractStore::ids)
        .containsExactly(List.of(9L, 8L, 7L), List.of(4L));
  }

  @Test
  void rangesInWhichNothingCanLieAreRefused() {
    VectorCollection movies = movies(MetricType.L2);
    SearchRequest request = SearchRequest.nearest(new float[3]);
    for (SearchRequest wrong :
        List.of(
            request.rangeFilter(1),
            request.radius(1).rangeFilter(1),
            request.radius(1).rangeFilter(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> movies.search(wrong))
          .withMessageContaining("movies")
          .withMessageContaining("range_filter");
    }
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> request.radius(wrong))
          .withMessageContaining("finite");
    }
    assertThat(Stream.of(request.radius(2).rangeFilter(1)).map(movies::search))
        .containsExactly(List.of());
  }

  // iterators of searches

  private static List<Object> all(VectorCollection collection, SearchRequest request, int page) {
    List<Object> keys = new ArrayList<>();
    collection.searchIterator(request, page).forEachRemaining(hit -> keys.add(hit.key()));
    return keys;
  }

  @Test
  void anIteratorOfASearchGoesThroughAllPages() {
    VectorCollection movies = movies(MetricType.L2);
    // five of each distance, so that pages end among equal scores
    movies.upsert(
        IntStream.range(0, 40).mapToObj(id -> movie(id, (id - id % 5) / 5f, 0, 0)).toList());
    VectorCollection settled = settled(movies);
    SearchRequest request = SearchRequest.nearest(new float[3]).excluding(11).ef(100);
    List<Object> expected = keys(settled.search(request.limit(50)));
    assertThat(expected).hasSize(39);

    for (int page : new int[] {7, 39, 40}) {
      assertThat(all(settled, request, page)).as("pages of " + page).isEqualTo(expected);
    }
    assertThat(all(settled, request.filter("year >= 2026").radius(49), 1)).isEmpty();
    assertThat(all(settled, request.filter("year < 2000").radius(4), 3))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settled.searchIterator(request.offset(1), 5))
        .withMessageContaining("offset");
  }

  @Test
  void anIteratorOfASearchMeetsTextsAndCosines() {
    VectorCollection books = store.create(BOOKS, index(MetricType.COSINE));
    books.upsert(IntStream.rangeClosed(1, 20).mapToObj(i -> book("k" + i, i)).toList());
    VectorCollection settled = settled(books);
    SearchRequest request = SearchRequest.nearest(new float[] {0, 1}).excluding(List.of("k3"));

    assertThat(all(settled, request, 6))
        .isEqualTo(keys(settled.search(request.limit(30))))
        .hasSize(19);
  }
}
