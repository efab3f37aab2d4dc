package dev.recsys.index.milvus;

import dev.recsys.index.ConsistencyLevel;
import dev.recsys.index.Hit;
import dev.recsys.index.ScoreRange;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.IndexType;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Searches of one collection in the SDK's terms, and what they found. */
final class SearchTranslation {
  private static final int DEFAULT_EF = 64;
  private static final int MAX_LIMIT = 16_384;

  private final String address;
  private final CollectionSchema schema;
  private final IndexParams indexParams;

  /**
   * Makes the translation of searches of one vector field.
   *
   * @param indexParams those of its index
   */
  SearchTranslation(String address, CollectionSchema schema, IndexParams indexParams) {
    this.address = address;
    this.schema = schema;
    this.indexParams = indexParams;
  }

  /** Returns one request for several that differ only in their vectors. */
  SearchReq toMilvus(List<SearchRequest> requests) {
    SearchRequest first = requests.get(0);
    List<BaseVector> vectors = new ArrayList<>(requests.size());
    requests.forEach(request -> vectors.add(new FloatVec(request.sharedVector())));
    return SearchReq.builder()
        .collectionName(address)
        .annsField(first.vectorField(schema).name())
        .data(vectors)
        .limit(first.limit())
        .offset(first.offset())
        .filter(filter(first))
        .outputFields(EntityTranslation.asked(schema, first.outputFields()))
        .searchParams(parameters(first))
        .partitionNames(List.copyOf(first.partitions()))
        .consistencyLevel(toMilvus(first.consistency()))
        .build();
  }

  static io.milvus.v2.common.ConsistencyLevel toMilvus(ConsistencyLevel level) {
    return io.milvus.v2.common.ConsistencyLevel.valueOf(level.name());
  }

  private String filter(SearchRequest request) {
    Filter filter = request.filter();
    String wanted = filter == null ? "" : filter.bind(schema).toString();
    Collection<?> excluded =
        schema.primaryKey().dataType() == DataType.VARCHAR
            ? request.excludedKeys()
            : LongStream.of(request.excluded()).boxed().toList();
    if (excluded.isEmpty()) {
      return wanted;
    }
    String others = KeyList.notIn(schema, excluded);
    return wanted.isEmpty() ? others : "(" + wanted + ") and " + others;
  }

  private Map<String, Object> parameters(SearchRequest request) {
    Map<String, Object> parameters = new HashMap<>();
    if (indexParams.type() == IndexType.HNSW) {
      int ef = request.ef() > 0 ? request.ef() : DEFAULT_EF;
      int wanted = request.offset() + request.limit();
      parameters.put("ef", Math.min(MAX_LIMIT * 2, Math.max(ef, wanted)));
    }
    if (indexParams.type() == IndexType.IVF_FLAT && request.nprobe() > 0) {
      parameters.put("nprobe", Math.min(indexParams.nlist(), request.nprobe()));
    }
    ScoreRange range = request.range();
    if (range.radius() != null) {
      parameters.put("radius", range.radius());
    }
    if (range.rangeFilter() != null) {
      parameters.put("range_filter", range.rangeFilter());
    }
    return parameters;
  }

  /** Returns the hits of each search, nearest first, equal scores by ascending id. */
  List<List<Hit>> hits(SearchRequest request, SearchResp response) {
    Comparator<Hit> byScore = Comparator.comparingDouble(Hit::score);
    Comparator<Hit> order =
        (indexParams.metric().largerIsNearer() ? byScore.reversed() : byScore)
            .thenComparing(SearchTranslation::byKey);
    return response.getSearchResults().stream()
        .map(each -> each.stream().map(row -> hit(request, row)).sorted(order).toList())
        .toList();
  }

  private static int byKey(Hit a, Hit b) {
    if (a.key() instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Arrays.compareUnsigned(bytes, ((String) b.key()).getBytes(StandardCharsets.UTF_8));
    }
    return Long.compare(a.id(), b.id());
  }

  private Hit hit(SearchRequest request, SearchResp.SearchResult row) {
    Map<String, Object> found = new HashMap<>(row.getEntity());
    Object key = key(row.getId());
    found.put(schema.primaryKey().name(), key);
    Map<String, Object> fields = EntityTranslation.output(schema, request.outputFields(), found);
    return key instanceof Long id
        ? new Hit(id, row.getScore(), fields)
        : new Hit((String) key, row.getScore(), fields);
  }

  /** The SDK takes an empty text for no text, and gives a number then. */
  private Object key(Object given) {
    boolean texts = schema.primaryKey().dataType() == DataType.VARCHAR;
    return texts && !(given instanceof String) ? "" : given;
  }
}
