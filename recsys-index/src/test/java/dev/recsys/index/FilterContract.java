package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.filter.FilterException;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every backend promises of filters: in searches, in queries, and to delete by. */
public abstract class FilterContract extends ContractStore {
  private static final CollectionSchema FILMS =
      CollectionSchema.builder("films")
          .primaryKey("id", DataType.INT64)
          .vector("vector", 2)
          .field("title", DataType.VARCHAR)
          .field("year", DataType.INT32)
          .field("score", DataType.FLOAT)
          .field("price", DataType.DOUBLE)
          .field("adult", DataType.BOOL)
          .field("tiny", DataType.INT8)
          .arrayField("genres", DataType.VARCHAR)
          .arrayField("ratings", DataType.INT32)
          .field("info", DataType.JSON)
          .dynamicField()
          .build();

  FilterContract() {}

  private static Entity film(int id) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("votes", id * 100);
    info.put("cast", List.of("A" + id, "B"));
    info.put("deep", Map.of("k", id % 2 == 0 ? "even" : "odd"));
    return Entity.of(id, new float[] {id, 1})
        .with("title", List.of("Plain", "O'Neil", "a \"b\"", "back\\slash", "Žižkov").get(id % 5))
        .with("year", 1990 + id)
        .with("score", id / 10f)
        .with("price", id * 1.5)
        .with("adult", id % 2 == 0)
        .with("tiny", id - 5)
        .with("genres", List.of("Comedy", "Drama", "War").subList(0, id % 4))
        .with("ratings", IntStream.range(0, id % 3).mapToObj(i -> id + i).toList())
        .with("info", info)
        .with("colour", id > 5 ? "red" : "blue");
  }

  private VectorCollection films() {
    VectorCollection films = store.create(FILMS, index(MetricType.IP));
    films.upsert(IntStream.rangeClosed(1, 10).mapToObj(FilterContract::film).toList());
    return settled(films);
  }

  private static Map<String, List<Integer>> expected() {
    Map<String, List<Integer>> expected = new LinkedHashMap<>();
    expected.put("year == 1994", List.of(4));
    expected.put("year != 1994 and year < 1996", List.of(1, 2, 3, 5));
    expected.put("1992 < year <= 1994", List.of(3, 4));
    expected.put("1994 >= year > 1992", List.of(3, 4));
    expected.put("id in [3, 1, 99]", List.of(1, 3));
    expected.put("id == 7", List.of(7));
    expected.put("id != 7 and id > 5", List.of(6, 8, 9, 10));
    expected.put("id not in [1, 2, 3, 4, 5, 6, 7, 8]", List.of(9, 10));
    expected.put("id in []", List.of());
    expected.put("year in [1991, 2000] or id == 0x5", List.of(1, 5, 10));
    expected.put("score == 0.3", List.of(3));
    expected.put("score > 0.85", List.of(9, 10));
    expected.put("price <= 3", List.of(1, 2));
    expected.put("price in [4.5, 6.0]", List.of(3, 4));
    expected.put("adult == true and id < 5", List.of(2, 4));
    expected.put("adult != TRUE && id <= 3", List.of(1, 3));
    expected.put("tiny < -2", List.of(1, 2));
    expected.put("tiny in [-1, 0]", List.of(4, 5));
    expected.put("not (year > 1992)", List.of(1, 2));
    expected.put("!(adult == true or year > 1995)", List.of(1, 3, 5));
    expected.put("year % 5 == 0", List.of(5, 10));
    expected.put("year - 1990 == 8", List.of(8));
    expected.put("price * 2 != 6.0 and id < 4", List.of(1, 3));
    expected.put("title == \"O'Neil\"", List.of(1, 6));
    expected.put("title == 'a \"b\"'", List.of(2, 7));
    expected.put("title == 'back\\\\slash'", List.of(3, 8));
    expected.put("title in ['Žižkov', 'Plain']", List.of(4, 5, 9, 10));
    expected.put("title like 'Pl%'", List.of(5, 10));
    expected.put("title like 'Ži%' or title like 'O\\'%'", List.of(1, 4, 6, 9));
    expected.put("title > 'b'", List.of(3, 4, 8, 9));
    expected.put("array_contains(genres, 'War')", List.of(3, 7));
    expected.put("ARRAY_CONTAINS_ALL(genres, ['Comedy', 'Drama'])", List.of(2, 3, 6, 7, 10));
    expected.put("array_contains_any(genres, ['War', 'none'])", List.of(3, 7));
    expected.put("not array_contains(genres, 'Comedy')", List.of(4, 8));
    expected.put("array_length(genres) == 2", List.of(2, 6, 10));
    expected.put("genres[0] == 'Comedy' and id < 4", List.of(1, 2, 3));
    expected.put("ratings[1] > 5", List.of(5, 8));
    expected.put("info['votes'] >= 900", List.of(9, 10));
    expected.put("info['deep']['k'] == 'odd' and id > 6", List.of(7, 9));
    expected.put("json_contains(info['cast'], 'A3')", List.of(3));
    expected.put("json_contains_any(info['cast'], ['A1', 'A2'])", List.of(1, 2));
    expected.put("json_contains_all(info['cast'], ['A1', 'B'])", List.of(1));
    expected.put("colour == 'red' and id < 8", List.of(6, 7));
    expected.put("$meta['colour'] in ['blue'] and id > 3", List.of(4, 5));
    expected.put("exists info['votes'] and id < 2", List.of(1));
    return expected;
  }

  @TestFactory
  Stream<DynamicTest> filtersFindWhatTheySay() {
    VectorCollection films = films();
    return expected().entrySet().stream()
        .map(
            each -> dynamicTest(each.getKey(), () -> check(films, each.getKey(), each.getValue())));
  }

  private static void check(VectorCollection films, String filter, List<Integer> expected) {
    List<Long> ascending = expected.stream().map(Integer::longValue).toList();
    assertThat(films.query(QueryRequest.where(filter)))
        .extracting(row -> row.get("id"))
        .containsExactlyElementsOf(ascending);
    assertThat(films.count(Filter.parse(filter))).isEqualTo(expected.size());
    List<Long> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    SearchRequest nearest = SearchRequest.nearest(new float[] {1, 0}).limit(20);
    assertThat(ids(films.search(nearest.filter(filter)))).isEqualTo(descending);
  }

  @TestFactory
  Stream<DynamicTest> filtersThatDoNotFitAreRefusedAtTheirPlace() {
    VectorCollection films = store.create(FILMS, index(MetricType.IP));
    Map<String, Integer> places = new LinkedHashMap<>();
    places.put("year == 'x'", 8);
    places.put("year > 1990 and title > 5", 24);
    places.put("adult", 0);
    places.put("vector == 1", 0);
    places.put("id in 5", 6);
    places.put("year ==", 7);
    places.put("(year == 1", 10);
    places.put("title like year", 11);
    return places.entrySet().stream()
        .map(each -> dynamicTest(each.getKey(), () -> refuses(films, each)));
  }

  private static void refuses(VectorCollection films, Map.Entry<String, Integer> place) {
    SearchRequest nearest = SearchRequest.nearest(new float[2]);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> films.search(nearest.filter(place.getKey())),
            () ->
                films.search(
                    SearchRequest.nearestAll(List.of(new float[2])).filter(place.getKey())),
            () -> films.query(QueryRequest.where(place.getKey())),
            () -> films.count(Filter.parse(place.getKey())),
            () -> films.delete(Filter.parse(place.getKey())))) {
      assertThatExceptionOfType(FilterException.class)
          .isThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .withMessageContaining("^")
          .satisfies(e -> assertThat(e.position()).isEqualTo(place.getValue()));
    }
  }

  @Test
  void anUnknownFieldIsRefusedWithThoseThereAre() {
    VectorCollection movies = movies(MetricType.IP);
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> movies.query(QueryRequest.where("id > 0 and yaer == 1")))
        .withMessageContaining("\"yaer\"")
        .withMessageContaining("[id, title, genres, year]")
        .satisfies(e -> assertThat(e.position()).isEqualTo(11));
  }

  private VectorCollection tenMovies() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(IntStream.rangeClosed(1, 10).mapToObj(id -> movie(id, id, 0, 0)).toList());
    return settled(movies);
  }

  @Test
  void aFilterAndExcludedIdsBothHold() {
    VectorCollection movies = tenMovies();
    SearchRequest request =
        SearchRequest.nearest(new float[] {1, 0, 0}).limit(3).excluding(8, 5, 77);

    assertThat(ids(movies.search(request.filter("year <= 1998")))).containsExactly(7L, 6L, 4L);
    assertThat(ids(movies.search(request.filter("year == 1998 or year == 2005")))).isEmpty();
    assertThat(ids(movies.search(request.filter("")))).containsExactly(10L, 9L, 7L);
    assertThat(
            movies.search(
                SearchRequest.nearestAll(List.of(new float[] {1, 0, 0}, new float[] {-1, 0, 0}))
                    .limit(2)
                    .filter(Filter.field("year").le(1998))
                    .excluding(8, 1)))
        .extracting(ContractStore::ids)
        .containsExactly(List.of(7L, 6L), List.of(2L, 3L));
  }

  @Test
  void filtersSeeEveryWriteThatReturnedBefore() {
    VectorCollection movies = tenMovies();
    Filter recent = Filter.parse("year > 1998");
    SearchRequest request = SearchRequest.nearest(new float[] {1, 0, 0}).filter(recent);
    assertThat(ids(movies.search(request))).containsExactly(10L, 9L);

    movies.upsert(
        List.of(movie(3, 3, 0, 0).with("year", 2020), movie(10, 1, 0, 0).with("year", 1)));
    assertThat(ids(movies.search(request))).containsExactly(9L, 3L);
    movies.delete(9);
    assertThat(ids(movies.search(request))).containsExactly(3L);
    assertThat(movies.count(recent)).isEqualTo(1);
    movies.upsert(List.of(movie(11, 5, 0, 0)));
    assertThat(movies.query(QueryRequest.where(recent)))
        .containsExactly(Map.of("id", 3L), Map.of("id", 11L));
  }

  @Test
  void deletingByAFilterRemovesWhatItFinds() {
    VectorCollection movies = tenMovies();

    assertThat(movies.delete(Filter.parse("year > 1997 or id in [1, 99]"))).isEqualTo(4);
    assertThat(movies.delete(Filter.parse("year > 1997"))).isZero();
    movies = settled(movies);

    assertThat(movies.count()).isEqualTo(6);
    assertThat(ids(movies.search(SearchRequest.nearest(new float[] {1, 0, 0}))))
        .containsExactly(7L, 6L, 5L, 4L, 3L, 2L);
  }

  @Test
  void deletingByTheEmptyFilterIsRefused() {
    VectorCollection movies = tenMovies();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.delete(Filter.parse(" ")))
        .withMessageContaining("movies")
        .withMessageContaining("filter");
    assertThat(movies.count()).isEqualTo(10);
  }

  @Test
  void valuesInTemplatesAndTheBuilderStayValues() {
    VectorCollection movies = movies(MetricType.IP);
    String evil = "' or id > 0 or title == \"\\";
    movies.upsert(List.of(movie(1, 1, 0, 0).with("title", evil), movie(2, 1, 0, 0)));
    movies = settled(movies);

    Filter template =
        Filter.parse("title == {t} and id in {ids}", Map.of("t", evil, "ids", List.of(1, 2)));
    assertThat(movies.query(QueryRequest.where(template))).containsExactly(Map.of("id", 1L));
    assertThat(movies.query(QueryRequest.where(Filter.field("title").in(List.of(evil)))))
        .containsExactly(Map.of("id", 1L));
    assertThat(movies.count(Filter.field("title").startsWith(evil.substring(0, 20)))).isEqualTo(1);
  }

  // queries

  @Test
  void queriesComeByAscendingIdWithLimitAndOffset() {
    VectorCollection movies = movies(MetricType.L2);
    movies.upsert(LongStream.of(5, -3, 9, 0, 7, 2).mapToObj(id -> movie(id, 1, 0, 0)).toList());
    movies = settled(movies);

    assertThat(movies.query(QueryRequest.where("id != 7")))
        .extracting(row -> row.get("id"))
        .containsExactly(-3L, 0L, 2L, 5L, 9L);
    assertThat(movies.query(QueryRequest.where("id != 7").limit(2).offset(1)))
        .containsExactly(Map.of("id", 0L), Map.of("id", 2L));
    assertThat(movies.query(QueryRequest.all().limit(3).offset(4)))
        .containsExactly(Map.of("id", 7L), Map.of("id", 9L));
    assertThat(movies.query(QueryRequest.all().limit(16_384))).hasSize(6);
    assertThat(movies.query(QueryRequest.all().limit(5).offset(6))).isEmpty();
  }

  @Test
  void queriesCarryTheKeyAndTheFieldsAskedFor() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 2, 3)));
    movies = settled(movies);
    QueryRequest request = QueryRequest.where("id == 1");

    assertThat(movies.query(request.outputFields("year", "genres")).get(0))
        .containsExactly(
            Map.entry("id", 1L),
            Map.entry("year", 1991),
            Map.entry("genres", List.of("Comedy", "Drama")))
        .isUnmodifiable();
    assertThat(movies.query(request.outputFields("*")).get(0))
        .containsOnlyKeys("id", "vector", "title", "genres", "year")
        .containsEntry("vector", new float[] {1, 2, 3});
    VectorCollection same = movies;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> same.query(request.outputFields("tilte")))
        .withMessageContaining("tilte");
  }

  @Test
  void queriesWithoutTheLimitTheyNeedAreRefused() {
    VectorCollection movies = movies(MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.query(QueryRequest.all()))
        .withMessageContaining("movies")
        .withMessageContaining("limit");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.query(QueryRequest.where("id > 0").offset(3)))
        .withMessageContaining("offset");
    assertThat(movies.query(QueryRequest.where("id > 0"))).isEmpty();
    assertThat(movies.count(Filter.parse(""))).isZero();
  }

  @Test
  void anIteratorGoesThroughAllPages() {
    VectorCollection movies = tenMovies();
    List<Map<String, Object>> all = movies.query(QueryRequest.where("id > 0").outputFields("year"));
    for (int page : new int[] {1, 3, 5, 10, 16_384}) {
      List<Map<String, Object>> rows = new ArrayList<>();
      movies
          .queryIterator(QueryRequest.all().outputFields("year"), page)
          .forEachRemaining(rows::add);
      assertThat(rows).as("pages of " + page).isEqualTo(all);
    }
    Iterator<Map<String, Object>> some =
        movies.queryIterator(QueryRequest.where("year <= 1993 or year == 1999"), 2);
    assertThat(some).toIterable().extracting(row -> row.get("id")).containsExactly(1L, 2L, 3L, 9L);
    assertThat(some.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(some::next);
  }

  @Test
  void anIteratorSeesWhatIsWrittenBehindIt() {
    VectorCollection movies = tenMovies();
    Iterator<Map<String, Object>> rows = movies.queryIterator(QueryRequest.all(), 4);
    movies.delete(2, 6);
    movies.upsert(List.of(movie(11, 1, 0, 0), movie(0, 1, 0, 0)));

    assertThat(rows)
        .toIterable()
        .extracting(row -> row.get("id"))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 7L, 8L, 9L, 10L, 11L);
  }

  @Test
  void iteratorsWithALimitOrWithoutAPageAreRefused() {
    VectorCollection movies = movies(MetricType.IP);
    QueryRequest all = QueryRequest.all();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.queryIterator(all.limit(5), 2))
        .withMessageContaining("limit")
        .withMessageContaining("movies");
    assertThatIllegalArgumentException().isThrownBy(() -> movies.queryIterator(all.offset(1), 2));
    assertThatIllegalArgumentException().isThrownBy(() -> movies.queryIterator(all, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> movies.queryIterator(all, 16_385));
    assertThat(movies.queryIterator(all, 5).hasNext()).isFalse();
  }
}
