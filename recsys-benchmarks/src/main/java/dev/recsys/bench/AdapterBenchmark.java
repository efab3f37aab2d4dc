package dev.recsys.bench;

import dev.recsys.bench.data.Spectrum;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.index.ConsistencyLevel;
import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.IdSet;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.milvus.MilvusVectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One search by the index alone, through a collection over it in process, and through a Milvus
 * server: what the adapter costs, and what a network does.
 *
 * <pre>{@code
 * java -jar recsys-benchmarks/target/benchmarks.jar AdapterBenchmark
 * java -cp recsys-benchmarks/target/benchmarks.jar:SDK/* org.openjdk.jmh.Main AdapterBenchmark \
 *     -p way=EMBEDDED,MILVUS -p uri=http://localhost:19530 -bm sample
 * }</pre>
 *
 * A server needs milvus-sdk-java on the class path; its collection {@code adapter_benchmark} is
 * replaced.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class AdapterBenchmark {
  private static final String NAME = "adapter_benchmark";
  private static final int K = 10;
  private static final int EF = 64;
  private static final int BATCH = 1_000;

  /** Which way a search goes. */
  public enum Way {
    CORE,
    EMBEDDED,
    MILVUS
  }

  /** The kinds of index that all ways have. */
  public enum Kind {
    EXACT,
    HNSW
  }

  /** Which way a search goes. */
  @Param({"CORE", "EMBEDDED"})
  public Way way = Way.CORE;

  /** Which index searches. */
  @Param({"EXACT", "HNSW"})
  public Kind kind = Kind.EXACT;

  /** Of how many entities a filter keeps one; 1 is no filter. */
  @Param({"1", "10"})
  public int kept = 1;

  /** How many entities there are. */
  @Param("10000")
  public int n = 10_000;

  /** The server. */
  @Param("http://localhost:19530")
  public String uri = "http://localhost:19530";

  private float[][] queries = {};
  private int next;
  private @Nullable VectorStore store;
  private ToIntFunction<float[]> search = query -> 0;

  /** Fills the index. */
  @Setup
  public void open() {
    VectorSet set =
        Spectrum.LOW_RANK.generate(
            n, 256, SearchBenchmark.QUERIES, MetricType.IP, SearchBenchmark.SEED);
    queries = set.queries();
    search = way == Way.CORE ? core(set) : adapter(set);
  }

  private ToIntFunction<float[]> core(VectorSet set) {
    AnnIndex index =
        kind == Kind.EXACT
            ? ExactIndex.builder(set.dimension(), MetricType.IP).build()
            : HnswIndex.builder(set.dimension(), MetricType.IP).build();
    for (int id = 0; id < set.size(); id++) {
      index.add(id, set.base()[id]);
    }
    IdSet ids =
        kept == 1 ? null : IdSet.of(LongStream.range(0, n).filter(id -> id % kept == 0).toArray());
    return query -> index.search(query, K, EF, ids).size();
  }

  private ToIntFunction<float[]> adapter(VectorSet set) {
    VectorStore opened =
        way == Way.EMBEDDED ? EmbeddedVectorStore.inMemory() : MilvusVectorStore.connect(uri);
    store = opened;
    opened.drop(NAME);
    CollectionSchema schema =
        CollectionSchema.builder(NAME)
            .primaryKey("id", DataType.INT64)
            .vector("v", set.dimension())
            .field("part", DataType.INT32)
            .build();
    VectorCollection collection =
        opened.create(
            schema,
            kind == Kind.EXACT ? IndexParams.flat(MetricType.IP) : IndexParams.hnsw(MetricType.IP));
    List<Entity> batch = new ArrayList<>();
    for (int id = 0; id < set.size(); id++) {
      batch.add(Entity.of(id, set.base()[id]).with("part", id % kept));
      if (batch.size() == BATCH || id == set.size() - 1) {
        collection.upsert(batch);
        batch.clear();
      }
    }
    collection.flush();
    Filter filter = Filter.parse(kept == 1 ? "" : "part == 0");
    return query ->
        collection
            .search(
                SearchRequest.nearest(query)
                    .consistency(ConsistencyLevel.SESSION)
                    .limit(K)
                    .ef(EF)
                    .filter(filter))
            .size();
  }

  /** Lets go of the store. */
  @TearDown
  public void close() {
    VectorStore opened = store;
    if (opened != null) {
      opened.drop(NAME);
      opened.close();
    }
  }

  /** One search, as users wait for it; returns how many were found. */
  @Benchmark
  public int search() {
    next = next + 1 < queries.length ? next + 1 : 0;
    return search.applyAsInt(queries[next]);
  }
}
