package dev.recsys.bench.peer;

/** An index whose vectors can be replaced one by one. */
public interface UpdatablePeer extends Peer {

  /** Returns whether vectors may be put while others search; if not, the caller holds a lock. */
  boolean concurrent();

  /** Inserts a vector, or overwrites the one that has the id. */
  void put(int id, float[] vector);

  /** Removes the vector of that id, if there is one. */
  void remove(int id);
}
