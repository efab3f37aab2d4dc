package dev.recsys.bench.report;

import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
import dev.recsys.bench.peer.StoredPeer;
import java.nio.file.Path;

/** How long a saved index takes to be opened and to answer its first query. */
final class Reload {
  private final Backend backend;
  private final PeerSettings settings;
  private final VectorSet set;
  private final int k;

  Reload(Backend backend, PeerSettings settings, VectorSet set, int k) {
    this.backend = backend;
    this.settings = settings;
    this.set = set;
    this.k = k;
  }

  /** Where to tell what was measured. */
  interface Log {
    void say(String format, Object... values);
  }

  /** Saves and loads an index; NaN if it has no files. */
  double millis(Peer peer, Path file, Log log) {
    if (!(peer instanceof StoredPeer stored)) {
      return Double.NaN;
    }
    stored.save(file);
    long heap = Heap.used();
    long begin = System.nanoTime();
    try (Peer loaded = backend.load(settings, file)) {
      loaded.search(set.queries()[0], k, null, new int[k]);
      double millis = (System.nanoTime() - begin) / 1e6;
      log.say(
          "%-18s loaded in %.1f ms; a vector takes %.0f bytes of heap and %.0f of mapped files",
          backend.label(),
          millis,
          (double) Math.max(0, Heap.used() - heap) / set.size(),
          (double) loaded.mappedBytes() / set.size());
      return millis;
    }
  }
}
