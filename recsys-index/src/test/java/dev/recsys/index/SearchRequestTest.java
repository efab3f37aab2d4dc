package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.filter.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SearchRequestTest {
  private static final SearchRequest REQUEST = SearchRequest.nearest(new float[] {1, 2});

  @Example
  void defaultsAreTenOfAllAndNoFields() {
    assertThat(REQUEST.limit()).isEqualTo(10);
    assertThat(REQUEST.ef()).isZero();
    assertThat(REQUEST.excluded()).isEmpty();
    assertThat(REQUEST.accepted()).isNull();
    assertThat(REQUEST.outputFields()).isEmpty();
  }

  @Example
  void changesGiveCopiesThatKeepTheRest() {
    SearchRequest changed =
        REQUEST.limit(3).ef(77).excluding(4, 5, 4).outputFields("a", "b").limit(4);

    assertThat(changed.limit()).isEqualTo(4);
    assertThat(changed.ef()).isEqualTo(77);
    assertThat(changed.excluded()).containsExactlyInAnyOrder(4, 5);
    assertThat(changed.outputFields()).containsExactly("a", "b");
    assertThat(changed.vector()).containsExactly(1, 2);
    assertThat(REQUEST.limit()).isEqualTo(10);
    assertThat(REQUEST.excluded()).isEmpty();
  }

  @Example
  void filterOffsetAndRangeAreKeptBesideTheRest() {
    SearchRequest changed =
        REQUEST
            .radius(2)
            .filter("a == 1")
            .offset(5)
            .rangeFilter(3)
            .excluding(List.of("x"))
            .limit(4);

    assertThat(changed.filter()).isEqualTo(Filter.parse("a == 1"));
    assertThat(changed.offset()).isEqualTo(5);
    assertThat(changed.range()).isEqualTo(new ScoreRange(2f, 3f));
    assertThat(changed.excludedKeys()).containsExactly("x");
    assertThat(changed.filter("b == 2").filter()).isEqualTo(Filter.parse("b == 2"));
    assertThat(changed.filter(" ").filter()).isNull();
    assertThat(REQUEST.filter()).isNull();
    assertThat(REQUEST.range()).isEqualTo(new ScoreRange(null, null));
    SearchRequest batched =
        SearchRequest.nearestAll(List.of(new float[1]))
            .filter("a == 1")
            .offset(5)
            .radius(2)
            .rangeFilter(3)
            .excluding(List.of("x"))
            .requests()
            .get(0);
    assertThat(batched.filter()).isEqualTo(changed.filter());
    assertThat(batched.offset()).isEqualTo(5);
    assertThat(batched.range()).isEqualTo(changed.range());
    assertThat(batched.excludedKeys()).isEqualTo(changed.excludedKeys());
  }

  @Example
  void offsetAndLimitLieInOneWindow() {
    assertThat(REQUEST.limit(1).offset(16_383).offset()).isEqualTo(16_383);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REQUEST.offset(16_375))
        .withMessage("offset: must lie in 0..16374 with the limit 10, received 16375");
    assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.offset(10).limit(16_375));
  }

  @Example
  void argumentsAreCopied() {
    float[] vector = {1, 2};
    long[] ids = {3};
    SearchRequest request = SearchRequest.nearest(vector).excluding(ids);
    vector[0] = 9;
    ids[0] = 9;
    request.vector()[1] = 9;

    assertThat(request.vector()).containsExactly(1, 2);
    assertThat(request.excluded()).containsExactly(3);
  }

  @Example
  void limitsAreThoseOfMilvus() {
    assertThat(REQUEST.limit(16_384).limit()).isEqualTo(16_384);
    for (int limit : new int[] {-1, 0, 16_385}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> REQUEST.limit(limit))
          .withMessage("limit: must lie in 1..16384, received " + limit);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REQUEST.ef(32_769))
        .withMessage("ef: must lie in 1..32768, received 32769");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.nearestAll(List.of()))
        .withMessageContaining("number of vectors");
    List<float[]> many = Collections.nCopies(16_385, new float[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchRequest.nearestAll(many))
        .withMessageContaining("16385");
  }

  @Example
  void aBatchIsItsSearchesWithTheSameOptions() {
    List<float[]> vectors = new ArrayList<>(List.of(new float[] {1}, new float[] {2}));
    SearchRequest.Batch batch =
        SearchRequest.nearestAll(vectors).limit(3).ef(9).excluding(5).outputFields("t");
    vectors.get(0)[0] = 7;
    vectors.clear();

    List<SearchRequest> requests = batch.requests();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).vector()).containsExactly(1);
    assertThat(requests.get(1).vector()).containsExactly(2);
    for (SearchRequest request : requests) {
      assertThat(request.limit()).isEqualTo(3);
      assertThat(request.ef()).isEqualTo(9);
      assertThat(request.excluded()).containsExactly(5);
      assertThat(request.outputFields()).containsExactly("t");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> batch.limit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> batch.ef(0));
  }

  @Property(seed = "8")
  void acceptsExactlyWhatIsNotExcluded(@ForAll List<@LongRange(min = -20, max = 20) Long> ids) {
    Set<Long> reference = new HashSet<>(ids);
    SearchRequest request = REQUEST.excluding(ids.stream().mapToLong(Long::longValue).toArray());

    assertThat(request.excluded())
        .containsExactlyInAnyOrder(reference.stream().mapToLong(Long::longValue).toArray());
    LongPredicate accepted = Objects.requireNonNullElse(request.accepted(), id -> true);
    for (long id = -25; id <= 25; id++) {
      assertThat(accepted.test(id)).isEqualTo(!reference.contains(id));
    }
  }

  @Property(seed = "9")
  void anyIdCanBeExcluded(@ForAll Set<Long> ids) {
    IdSet set = IdSet.of(ids.stream().mapToLong(Long::longValue).toArray());
    assertThat(ids).allMatch(set::contains);
    assertThat(set.size()).isEqualTo(ids.size());
  }
}
