package dev.recsys.bench.peer;

import java.nio.file.Path;

/** An index that can be saved, and opened again with {@link Backend#load}. */
public interface StoredPeer extends Peer {

  /**
   * Writes the index.
   *
   * @param path of a file that does not exist yet; some write a directory instead
   */
  void save(Path path);
}
