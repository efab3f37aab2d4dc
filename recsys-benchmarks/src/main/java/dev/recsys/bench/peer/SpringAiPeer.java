package dev.recsys.bench.peer;

import dev.recsys.bench.data.KeptIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;

/** Spring AI's simple store, handed its vectors by a model that looks them up. */
final class SpringAiPeer implements Peer {
  private final SimpleVectorStore store;

  private SpringAiPeer(SimpleVectorStore store) {
    this.store = store;
  }

  static Peer build(PeerSettings settings, float[][] vectors) {
    KnownVectors model = new KnownVectors(vectors);
    SimpleVectorStore store = SimpleVectorStore.builder(model).build();
    List<Document> documents = new ArrayList<>(vectors.length);
    for (int id = 0; id < vectors.length; id++) {
      String text = Integer.toString(id);
      documents.add(new Document(text, text, Map.of()));
    }
    store.doAdd(documents);
    model.forget();
    return new SpringAiPeer(store);
  }

  @Override
  public int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids) {
    KnownVectors.ASKED.set(query);
    List<Document> found =
        store.doSimilaritySearch(
            SearchRequest.builder()
                .query(KnownVectors.QUERY)
                .topK(ids.length)
                .similarityThresholdAll()
                .build());
    for (int rank = 0; rank < found.size(); rank++) {
      ids[rank] = Integer.parseInt(found.get(rank).getId());
    }
    return found.size();
  }

  /** Gives a document the vector of its id, and a query the one that its thread asks with. */
  private static final class KnownVectors implements EmbeddingModel {
    private static final String QUERY = "query";
    private static final float[][] NONE = {};

    private static final ThreadLocal<float[]> ASKED = new ThreadLocal<>();
    private float[][] vectors;

    KnownVectors(float[][] vectors) {
      this.vectors = vectors;
    }

    void forget() {
      vectors = NONE;
    }

    @Override
    public float[] embed(String text) {
      return text.equals(QUERY) ? ASKED.get() : vectors[Integer.parseInt(text)].clone();
    }

    @Override
    public float[] embed(Document document) {
      return embed(document.getId());
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
      List<Embedding> embeddings = new ArrayList<>();
      for (String text : request.getInstructions()) {
        embeddings.add(new Embedding(embed(text), embeddings.size()));
      }
      return new EmbeddingResponse(embeddings);
    }
  }
}
