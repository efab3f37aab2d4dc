package dev.recsys.index.embedded;

/** Hears how far the search index of a collection is built while the collection is opened. */
@FunctionalInterface
public interface BuildListener {

  /**
   * Called every thousand entities and at the end, by the thread that opens the collection.
   *
   * @param collection its name
   * @param done how many entities are in the index
   * @param total how many there are
   */
  void onProgress(String collection, long done, long total);
}
