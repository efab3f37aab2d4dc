package dev.recsys.index.ann;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which slot belongs to which id, which are free, and how high a new one reaches. Vectors and
 * versions stand in {@link Chunk}s, which never move; ids in one array, which a filter reads fast.
 * Methods that are not marked otherwise are synchronised.
 */
final class Slots {
  private static final int CHUNK_FLOATS = 1 << 14;
  private static final int MIN_CHUNK_ROWS = 8;

  private final int dimension;
  private final int bits;
  private LongIntMap byId = new LongIntMap();

  /** The file whose ids are not in the map yet, or null. */
  private @Nullable Path unread;

  private volatile Chunk[] chunks = new Chunk[0];
  private volatile long[] ids = new long[16];
  private int[] free = new int[16];
  private int freeCount;
  private volatile int end;
  private volatile int size;

  Slots(int dimension) {
    this.dimension = dimension;
    this.bits = chunkBits(dimension);
  }

  /** Returns the bits of a slot's number within its chunk. */
  static int chunkBits(int dimension) {
    return 31 - Integer.numberOfLeadingZeros(Math.max(MIN_CHUNK_ROWS, CHUNK_FLOATS / dimension));
  }

  /** Returns how many ids there are. Not synchronised. */
  int size() {
    return size;
  }

  /** Returns the slot of an id, or {@link LongIntMap#ABSENT}. */
  synchronized int find(long id) {
    return byId().get(id);
  }

  /** Writes the slots of those ids that are there and returns how many. */
  synchronized int find(IdSet all, int[] out) {
    LongIntMap known = byId();
    int found = 0;
    for (int i = all.next(0); i >= 0; i = all.next(i + 1)) {
      int slot = known.get(all.at(i));
      if (slot != LongIntMap.ABSENT) {
        out[found++] = slot;
      }
    }
    return found;
  }

  /** Returns the first slot that was never used. Not synchronised. */
  int end() {
    return end;
  }

  /** Returns the slots that are there. Not synchronised. */
  int capacity() {
    return chunks.length << bits;
  }

  /** Takes a slot for an id, a used one if there is one; -1 if {@code limit} are in use. */
  synchronized int take(long id, int limit) {
    byId();
    int slot = freeCount > 0 ? free[--freeCount] : unused(limit);
    if (slot >= 0) {
      ids[slot] = id;
    }
    return slot;
  }

  private int unused(int limit) {
    if (end == limit) {
      return -1;
    }
    if (end == ids.length) {
      ids = Arrays.copyOf(ids, (int) Math.min(Integer.MAX_VALUE - 8, end + (end >> 2) + 16L));
    }
    if (end == capacity()) {
      Chunk[] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] = new Chunk(1 << bits, dimension);
      chunks = more;
    }
    int slot = end;
    end = slot + 1;
    return slot;
  }

  synchronized void give(int slot) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = slot;
  }

  /** Brings the free slots into the order that they have once they were read from a file. */
  synchronized void sortFree() {
    Arrays.sort(free, 0, freeCount);
    for (int i = 0, j = freeCount - 1; i < j; i++, j--) {
      int slot = free[i];
      free[i] = free[j];
      free[j] = slot;
    }
  }

  /**
   * Takes over the chunks of a file, but leaves its ids unread until the first is looked for: a
   * search does without, and it takes longer than all the rest.
   *
   * @param dead the slots that are not live, ascending
   */
  synchronized void adopt(Path file, Chunk[] loaded, long[] loadedIds, int used, int[] dead) {
    chunks = loaded;
    ids = loadedIds;
    end = used;
    for (int i = dead.length - 1; i >= 0; i--) {
      mark(dead[i], false, 0);
      give(dead[i]);
    }
    size = used - dead.length;
    unread = file;
  }

  private LongIntMap byId() {
    if (unread != null) {
      LongIntMap all = new LongIntMap(size);
      for (int slot = 0; slot < end; slot++) {
        if (live(slot)) {
          all.put(id(slot), slot);
        }
      }
      if (all.size() != size) {
        throw new IndexFileException(unread, "damaged: an id is there twice", null);
      }
      byId = all;
      unread = null;
    }
    return byId;
  }

  /** Points an id to a slot and returns the one it pointed to, or {@link LongIntMap#ABSENT}. */
  synchronized int bind(long id, int slot) {
    int before = byId().get(id);
    byId.put(id, slot);
    size = byId.size();
    return before;
  }

  synchronized int unbind(long id) {
    int slot = byId().remove(id);
    size = byId.size();
    return slot;
  }

  /** Returns the chunk of a slot. Not synchronised, like all that follows. */
  Chunk chunk(int slot) {
    return chunks[slot >>> bits];
  }

  int row(int slot) {
    return slot & (1 << bits) - 1;
  }

  long id(int slot) {
    return ids[slot];
  }

  boolean live(int slot) {
    return (chunk(slot).version(row(slot)) & 1) == 1;
  }

  void write(int slot, float[] vector) {
    chunk(slot).write(row(slot), vector);
  }

  void mark(int slot, boolean live, int change) {
    chunk(slot).mark(row(slot), live, change);
  }

  /** Copies the vector of a slot. */
  void read(int slot, float[] out) {
    float[] vectors = chunk(slot).vectors(row(slot), out);
    if (vectors != out) {
      System.arraycopy(vectors, row(slot) * dimension, out, 0, dimension);
    }
  }

  /** Returns the ids of all live slots. */
  long[] ids() {
    return IntStream.range(0, end).filter(this::live).mapToLong(this::id).distinct().toArray();
  }

  /** Returns at most so many live vectors end to end, drawn at random, and none twice. */
  float[] sample(int most, long seed) {
    int[] drawn = new int[most];
    int seen = 0;
    SplittableRandom random = new SplittableRandom(seed);
    for (int slot = 0; slot < end; slot++) {
      if (live(slot)) {
        int at = seen < most ? seen : random.nextInt(seen + 1);
        if (at < most) {
          drawn[at] = slot;
        }
        seen++;
      }
    }
    int count = Math.min(most, seen);
    float[] rows = new float[count * dimension];
    float[] row = new float[dimension];
    for (int i = 0; i < count; i++) {
      read(drawn[i], row);
      System.arraycopy(row, 0, rows, i * dimension, dimension);
    }
    return rows;
  }
}
