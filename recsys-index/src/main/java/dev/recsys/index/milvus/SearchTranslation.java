package dev.recsys.index.milvus;

import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.IndexType;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Searches of one collection in the SDK's terms, and what they found. */
final class SearchTranslation {
  private static final int DEFAULT_EF = 64;
  private static final int MAX_LIMIT = 16_384;

  private final CollectionSchema schema;
  private final IndexParams indexParams;

  SearchTranslation(CollectionSchema schema, IndexParams indexParams) {
    this.schema = schema;
    this.indexParams = indexParams;
  }

  /** Returns one request for several that differ only in their vectors. */
  SearchReq toMilvus(List<SearchRequest> requests) {
    SearchRequest first = requests.get(0);
    List<BaseVector> vectors = new ArrayList<>(requests.size());
    requests.forEach(request -> vectors.add(new FloatVec(request.vector())));
    return SearchReq.builder()
        .collectionName(schema.name())
        .annsField(schema.vector().name())
        .data(vectors)
        .limit(first.limit())
        .filter(filter(first.excluded()))
        .outputFields(first.outputFields())
        .searchParams(parameters(first))
        .consistencyLevel(ConsistencyLevel.STRONG)
        .build();
  }

  private String filter(long[] excluded) {
    return excluded.length == 0 ? "" : IdList.notIn(schema.primaryKey().name(), excluded);
  }

  private Map<String, Object> parameters(SearchRequest request) {
    if (indexParams.type() != IndexType.HNSW) {
      return Map.of();
    }
    int ef = request.ef() > 0 ? request.ef() : DEFAULT_EF;
    return Map.of("ef", Math.min(MAX_LIMIT * 2, Math.max(ef, request.limit())));
  }

  /** Returns the hits of each search, nearest first, equal scores by ascending id. */
  List<List<Hit>> hits(SearchRequest request, SearchResp response) {
    Comparator<Hit> byScore = Comparator.comparingDouble(Hit::score);
    Comparator<Hit> order =
        (indexParams.metric().largerIsNearer() ? byScore.reversed() : byScore)
            .thenComparingLong(Hit::id);
    return response.getSearchResults().stream()
        .map(each -> each.stream().map(row -> hit(request, row)).sorted(order).toList())
        .toList();
  }

  private Hit hit(SearchRequest request, SearchResp.SearchResult row) {
    long id = (long) row.getId();
    Map<String, Object> found = EntityTranslation.fields(schema, row.getEntity());
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name : request.outputFields()) {
      fields.put(name, name.equals(schema.primaryKey().name()) ? id : found.get(name));
    }
    return new Hit(id, row.getScore(), fields);
  }
}
