package dev.recsys.index;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Pages of a query, each of keys greater than the last of the page before. */
final class QueryIterator implements Iterator<Map<String, Object>> {
  private final VectorCollection collection;
  private final QueryRequest request;
  private final String keyField;
  private final int size;
  private Iterator<Map<String, Object>> page;
  private boolean last;
  private @Nullable Object greatest;

  QueryIterator(VectorCollection collection, QueryRequest request, int size) {
    CollectionSchema schema = collection.schema();
    if (request.limit() > 0 || request.offset() > 0) {
      throw new IllegalArgumentException(
          "collection \""
              + schema.name()
              + "\": an iterator takes no limit and no offset, received "
              + request);
    }
    this.collection = collection;
    this.request = request.limit(size);
    this.keyField = schema.primaryKey().name();
    this.size = size;
    this.page = nextPage();
  }

  private Iterator<Map<String, Object>> nextPage() {
    QueryRequest next =
        greatest == null
            ? request
            : request.filtered(request.filter().and(Filter.field(keyField).gt(greatest)));
    List<Map<String, Object>> rows = collection.query(next);
    last = rows.size() < size;
    if (!rows.isEmpty()) {
      greatest = rows.get(rows.size() - 1).get(keyField);
    }
    return rows.iterator();
  }

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && !last) {
      page = nextPage();
    }
    return page.hasNext();
  }

  @Override
  public Map<String, Object> next() {
    if (!hasNext()) {
      throw new NoSuchElementException(
          "collection \"" + collection.name() + "\": no more entities");
    }
    return page.next();
  }
}
