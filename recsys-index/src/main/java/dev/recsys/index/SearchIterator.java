package dev.recsys.index;

import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;

/**
 * Pages of a search, each of what is as far as the last of the page before or farther, without
 * those of that very score that have come already.
 */
final class SearchIterator implements Iterator<Hit> {
  private final VectorCollection collection;
  private final SearchRequest request;
  private final int size;
  private final List<Object> equal = new ArrayList<>();
  private Iterator<Hit> page;
  private float farthest;
  private boolean last;

  SearchIterator(VectorCollection collection, SearchRequest request, int size) {
    if (request.offset() > 0) {
      throw new IllegalArgumentException(
          "collection \""
              + collection.name()
              + "\": an iterator takes no offset, received "
              + request.offset());
    }
    this.collection = collection;
    this.request = request.limit(size);
    this.size = size;
    this.page = remember(collection.search(this.request));
  }

  private Iterator<Hit> remember(List<Hit> hits) {
    last = hits.size() < size;
    if (!hits.isEmpty()) {
      float score = hits.get(hits.size() - 1).score();
      if (score != farthest) {
        equal.clear();
      }
      farthest = score;
      hits.stream().filter(hit -> hit.score() == score).map(Hit::key).forEach(equal::add);
    }
    return hits.iterator();
  }

  private Iterator<Hit> nextPage() {
    MetricType metric = collection.indexParams().metric();
    Float radius = request.range().radius();
    float bound = metric.largerIsNearer() ? -Float.MAX_VALUE : Float.MAX_VALUE;
    SearchRequest next =
        withoutEqual().radius(radius == null ? bound : radius).rangeFilter(farthest);
    return remember(collection.search(next));
  }

  private SearchRequest withoutEqual() {
    if (collection.schema().primaryKey().dataType() == DataType.VARCHAR) {
      Collection<String> keys = new ArrayList<>(request.excludedKeys());
      equal.forEach(key -> keys.add((String) key));
      return request.excluding(keys);
    }
    LongStream ids = equal.stream().mapToLong(key -> (long) key);
    return request.excluding(LongStream.concat(LongStream.of(request.excluded()), ids).toArray());
  }

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && !last) {
      page = nextPage();
    }
    return page.hasNext();
  }

  @Override
  public Hit next() {
    if (!hasNext()) {
      throw new NoSuchElementException("collection \"" + collection.name() + "\": no more hits");
    }
    return page.next();
  }
}
