package dev.recsys;

import com.google.common.primitives.ImmutableLongArray;
import dev.recsys.data.Rating;
import dev.recsys.index.SearchRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link UserQuery} was told.
 *
 * @param excluded items to leave out
 * @param given ratings beside those of the model
 * @param unseen whether what the user has seen is left out
 * @param explained whether each item is to say why
 * @param deadline how long the store may take, null for as long as it does
 * @param page which of the items found are wanted
 * @param search all that concerns the search alone
 */
record QuerySettings(
    ImmutableLongArray excluded,
    List<Rating> given,
    boolean unseen,
    boolean explained,
    @Nullable Duration deadline,
    Page page,
    UnaryOperator<SearchRequest> search) {
  private static final long[] NOTHING = {};

  static final QuerySettings NONE =
      new QuerySettings(
          ImmutableLongArray.of(),
          List.of(),
          false,
          false,
          null,
          Page.FIRST,
          UnaryOperator.identity());

  /** Returns the items to leave out. */
  long[] without() {
    return excluded.isEmpty() ? NOTHING : excluded.toArray();
  }

  QuerySettings excluding(long[] ids) {
    ImmutableLongArray longer = ImmutableLongArray.builder().addAll(excluded).addAll(ids).build();
    return new QuerySettings(longer, given, unseen, explained, deadline, page, search);
  }

  QuerySettings with(List<Rating> ratings) {
    return new QuerySettings(excluded, ratings, unseen, explained, deadline, page, search);
  }

  QuerySettings excludingSeen() {
    return new QuerySettings(excluded, given, true, explained, deadline, page, search);
  }

  QuerySettings explaining() {
    return new QuerySettings(excluded, given, unseen, true, deadline, page, search);
  }

  QuerySettings within(Duration time) {
    return new QuerySettings(excluded, given, unseen, explained, time, page, search);
  }

  QuerySettings with(Page other) {
    return new QuerySettings(excluded, given, unseen, explained, deadline, other, search);
  }

  QuerySettings searching(UnaryOperator<SearchRequest> more) {
    return new QuerySettings(
        excluded,
        given,
        unseen,
        explained,
        deadline,
        page,
        request -> more.apply(search.apply(request)));
  }

  /** Returns the search of this page. */
  SearchRequest applyTo(SearchRequest request, int from) {
    SearchRequest searched = search.apply(request);
    return from == 0 ? searched : searched.offset(from);
  }
}
