package dev.recsys.bench.peer;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryCachingPolicy;
import org.apache.lucene.store.IOContext;

/** Lucene set up for vectors. */
final class LuceneSettings {
  static final IOContext COPY = IOContext.DEFAULT;
  private static final double WRITE_BUFFER_MB = 2_000;
  private static final int CACHED_FILTERS = 64;
  private static final long CACHED_BYTES = 1L << 28;

  private LuceneSettings() {}

  static String parameters(int effort) {
    return "maxConn="
        + PeerSettings.M
        + " beamWidth="
        + PeerSettings.EF_CONSTRUCTION
        + " k="
        + effort;
  }

  /** Returns a writer that keeps documents in order and, up to 2 GB, in one segment. */
  static IndexWriterConfig writer() {
    return new IndexWriterConfig()
        .setCodec(codec())
        .setMergePolicy(new LogDocMergePolicy())
        .setRAMBufferSizeMB(WRITE_BUFFER_MB);
  }

  private static Codec codec() {
    Codec usual = Codec.getDefault();
    KnnVectorsFormat format =
        new Lucene99HnswVectorsFormat(PeerSettings.M, PeerSettings.EF_CONSTRUCTION);
    return new FilterCodec(usual.getName(), usual) {
      @Override
      public KnnVectorsFormat knnVectorsFormat() {
        return new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return format;
          }
        };
      }
    };
  }

  /** Has the bits of every filter kept, of however small a segment. */
  static void cacheFilters(IndexSearcher searcher) {
    searcher.setQueryCache(
        new LRUQueryCache(CACHED_FILTERS, CACHED_BYTES, leaf -> true, Float.POSITIVE_INFINITY));
    searcher.setQueryCachingPolicy(
        new QueryCachingPolicy() {
          @Override
          public void onUse(Query query) {}

          @Override
          public boolean shouldCache(Query query) {
            return true;
          }
        });
  }
}
