package dev.recsys.bench.peer;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.recsys.bench.data.KeptIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LangChain4j's in-memory store; filters read an id from an entry's metadata. */
final class LangChain4jPeer implements StoredPeer {
  private static final String ID = "id";

  private final InMemoryEmbeddingStore<TextSegment> store;

  private LangChain4jPeer(InMemoryEmbeddingStore<TextSegment> store) {
    this.store = store;
  }

  static Peer build(PeerSettings settings, float[][] vectors) {
    List<String> ids = new ArrayList<>(vectors.length);
    List<Embedding> embeddings = new ArrayList<>(vectors.length);
    List<TextSegment> segments = new ArrayList<>(vectors.length);
    for (int id = 0; id < vectors.length; id++) {
      ids.add(Integer.toString(id));
      embeddings.add(Embedding.from(vectors[id].clone()));
      segments.add(TextSegment.from("item", new Metadata().put(ID, id)));
    }
    InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
    store.addAll(ids, embeddings, segments);
    return new LangChain4jPeer(store);
  }

  static Peer load(PeerSettings settings, Path path) {
    return new LangChain4jPeer(InMemoryEmbeddingStore.fromFile(path));
  }

  @Override
  public int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids) {
    EmbeddingSearchRequest.EmbeddingSearchRequestBuilder request =
        EmbeddingSearchRequest.builder()
            .queryEmbedding(Embedding.from(query))
            .maxResults(ids.length);
    if (kept != null) {
      request.filter(metadata -> kept.contains(id((Metadata) metadata)));
    }
    List<EmbeddingMatch<TextSegment>> found = store.search(request.build()).matches();
    for (int rank = 0; rank < found.size(); rank++) {
      ids[rank] = Integer.parseInt(found.get(rank).embeddingId());
    }
    return found.size();
  }

  private static int id(Metadata metadata) {
    Integer id = metadata.getInteger(ID);
    return id == null ? -1 : id;
  }

  @Override
  public void save(Path path) {
    store.serializeToFile(path);
  }
}
