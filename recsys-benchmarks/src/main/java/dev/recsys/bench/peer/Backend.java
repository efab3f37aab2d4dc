package dev.recsys.bench.peer;

import dev.recsys.index.ann.SearchResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that are compared. Graphs have 16 links a node and 32 at the bottom, and were built
 * with 200 candidates.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep no state
public enum Backend {
  /**
   * This project's exact index; every score is right. Its search returns a {@link SearchResult}.
   */
  EXACT("recsys exact", Kind.EXACT, AnnPeer::exact, AnnPeer::loadExact, s -> true),

  /** This project's graph. */
  HNSW("recsys hnsw", Kind.GRAPH, AnnPeer::hnsw, AnnPeer::loadHnsw, s -> true),

  /**
   * This project's index that chooses by itself: settled when it is built, by so many searches that
   * a graph would have paid.
   */
  AUTO("recsys auto", Kind.SELF_TUNED, AnnPeer::auto, null, s -> true),

  /** The graph of hnswlib-core as this project offers it: with SIMD, filters and updates. */
  HNSWLIB("recsys hnswlib", Kind.GRAPH, AnnPeer::hnswlib, null, s -> true),

  /**
   * The graph of hnswlib-core with its own distance functions. It has no filter, and its file is
   * Java serialisation, which is left alone.
   */
  HNSWLIB_CORE("hnswlib-core", Kind.UNFILTERED_GRAPH, HnswlibCorePeer::scalar, null, s -> true),

  /** The graph of hnswlib-core with this project's SIMD kernels as its distance function. */
  HNSWLIB_SIMD("hnswlib-core simd", Kind.UNFILTERED_GRAPH, HnswlibCorePeer::simd, null, s -> true),

  /** JVector's graph with full vectors; SIMD and mapped files from Java 20 and 22 on. */
  JVECTOR("jvector", Kind.GRAPH, JVectorPeer::build, JVectorPeer::load, s -> true),

  /** Lucene, one merged segment in a mapped directory; SIMD from Java 21 on; up to 1,024-d. */
  LUCENE("lucene", Kind.GRAPH, LucenePeer::build, LucenePeer::load, s -> s.dimension() <= 1_024),

  /** LangChain4j's in-memory store: the cosine with every vector, in order of score. */
  LANGCHAIN4J(
      "langchain4j",
      Kind.EXACT,
      LangChain4jPeer::build,
      LangChain4jPeer::load,
      PeerSettings::likeCosine),

  /**
   * Spring AI's simple store: the cosine with every vector, all of them sorted, those below 0 left
   * out. It filters by expressions over metadata, not by a set of ids.
   */
  SPRING_AI(
      "spring-ai", Kind.UNFILTERED_EXACT, SpringAiPeer::build, null, PeerSettings::likeCosine);

  private enum Kind {
    EXACT,
    UNFILTERED_EXACT,
    SELF_TUNED,
    GRAPH,
    UNFILTERED_GRAPH
  }

  /** Fills an index. */
  private interface Builder {
    Peer build(PeerSettings settings, float[][] vectors);
  }

  /** Opens a file. */
  private interface Loader {
    Peer load(PeerSettings settings, Path path);
  }

  private final String label;
  private final Kind kind;
  private final Builder builder;
  private final @Nullable Loader loader;
  private final Predicate<PeerSettings> taken;

  Backend(
      String label,
      Kind kind,
      Builder builder,
      @Nullable Loader loader,
      Predicate<PeerSettings> taken) {
    this.label = label;
    this.kind = kind;
    this.builder = builder;
    this.loader = loader;
    this.taken = taken;
  }

  /**
   * Returns the backend of a name as users write it: any case, with hyphens or underscores.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Backend named(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (Backend backend : values()) {
      if (backend.name().equals(wanted)) {
        return backend;
      }
    }
    throw new IllegalArgumentException(
        "backend must be one of " + Arrays.toString(values()) + ", got " + name);
  }

  /** Returns what results call it. */
  public String label() {
    return label;
  }

  /** Returns whether every answer is right. */
  public boolean exact() {
    return kind == Kind.EXACT || kind == Kind.UNFILTERED_EXACT;
  }

  /** Returns whether effort makes a difference. */
  public boolean tunable() {
    return kind == Kind.GRAPH || kind == Kind.UNFILTERED_GRAPH;
  }

  /** Returns whether searches can be filtered. */
  public boolean filters() {
    return kind != Kind.UNFILTERED_EXACT && kind != Kind.UNFILTERED_GRAPH;
  }

  /** Returns whether it is this project's. */
  public boolean ours() {
    return label.startsWith("recsys ");
  }

  /** Returns whether vectors of this metric and dimension can be searched. */
  public boolean takes(PeerSettings settings) {
    return taken.test(settings);
  }

  /** Returns the parameters of a search in words, by the names that its library gives them. */
  public String parameters(int effort) {
    return switch (this) {
      case AUTO -> "auto";
      case EXACT, LANGCHAIN4J, SPRING_AI -> "exact";
      case JVECTOR -> JVectorPeer.parameters(effort);
      case LUCENE -> LuceneSettings.parameters(effort);
      default ->
          "m="
              + PeerSettings.M
              + " efConstruction="
              + PeerSettings.EF_CONSTRUCTION
              + " ef="
              + effort;
    };
  }

  /**
   * Fills an index, which is ready to be searched at full speed then.
   *
   * @param vectors copied; the place of each is its id
   * @throws IllegalArgumentException if it does not take such vectors
   */
  public Peer build(PeerSettings settings, float[][] vectors) {
    if (!takes(settings)) {
      throw new IllegalArgumentException(
          label
              + " does not take "
              + settings.dimension()
              + "-d vectors under "
              + settings.metric());
    }
    return builder.build(settings, vectors);
  }

  /**
   * Opens what {@link StoredPeer#save} wrote.
   *
   * @throws IllegalArgumentException if the backend has no files
   */
  public Peer load(PeerSettings settings, Path path) {
    if (loader == null) {
      throw new IllegalArgumentException(label + " has no files, got " + path);
    }
    return loader.load(settings, path);
  }
}
