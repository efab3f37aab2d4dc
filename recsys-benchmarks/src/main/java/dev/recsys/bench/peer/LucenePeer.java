package dev.recsys.bench.peer;

import dev.recsys.bench.data.KeptIds;
import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Lucene: documents of a vector and an id in one segment, so that the number of a document is its
 * id. Its effort is the {@code k} of the vector query. Filters are queries over the id, cached.
 */
final class LucenePeer implements StoredPeer {
  private static final String VECTOR = "vector";
  private static final String ID = "id";

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final Map<KeptIds, Query> filters = new ConcurrentHashMap<>();

  private LucenePeer(Directory directory) throws IOException {
    this.directory = directory;
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
    LuceneSettings.cacheFilters(searcher);
  }

  static Peer build(PeerSettings settings, float[][] vectors) {
    try {
      Directory directory =
          new MMapDirectory(Files.createTempDirectory(settings.directory(), "lucene"));
      VectorSimilarityFunction similarity = similarity(settings);
      try (IndexWriter writer = new IndexWriter(directory, LuceneSettings.writer())) {
        for (int id = 0; id < vectors.length; id++) {
          Document document = new Document();
          document.add(new IntPoint(ID, id));
          document.add(new KnnFloatVectorField(VECTOR, vectors[id], similarity));
          writer.addDocument(document);
        }
        writer.forceMerge(1);
      }
      return new LucenePeer(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Peer load(PeerSettings settings, Path path) {
    try {
      return new LucenePeer(new MMapDirectory(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VectorSimilarityFunction similarity(PeerSettings settings) {
    if (settings.metric() == MetricType.L2) {
      return VectorSimilarityFunction.EUCLIDEAN;
    }
    if (settings.unit()) {
      return VectorSimilarityFunction.DOT_PRODUCT;
    }
    return settings.metric() == MetricType.IP
        ? VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT
        : VectorSimilarityFunction.COSINE;
  }

  @Override
  public int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids) {
    Query filter =
        kept == null ? null : filters.computeIfAbsent(kept, k -> IntPoint.newSetQuery(ID, k.ids()));
    try {
      ScoreDoc[] found =
          searcher.search(new KnnFloatVectorQuery(VECTOR, query, effort, filter), ids.length)
              .scoreDocs;
      for (int rank = 0; rank < found.length; rank++) {
        ids[rank] = found[rank].doc;
      }
      return found.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long mappedBytes() {
    try {
      long bytes = 0;
      for (String file : directory.listAll()) {
        bytes += directory.fileLength(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(Path path) {
    try (Directory copy = new MMapDirectory(path)) {
      for (String file : directory.listAll()) {
        copy.copyFrom(directory, file, file, LuceneSettings.COPY);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
