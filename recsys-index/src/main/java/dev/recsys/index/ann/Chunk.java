package dev.recsys.index.ann;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some neighbouring slots: their vectors and versions. Vectors lie on the heap, or in a mapped file
 * until one of them is overwritten. The version of a slot is odd while it holds a live vector;
 * above the lowest bit is the number of the change that made it so, so that a reader without a lock
 * notices a change and knows whether it is news.
 */
final class Chunk {
  private static final VarHandle VERSION = MethodHandles.arrayElementVarHandle(int[].class);

  /** The floats in a cache line. */
  private static final int LINE = 16;

  private final int[] versions;
  private volatile float @Nullable [] heap;
  private final @Nullable FloatBuffer mapped;
  private final int first;

  Chunk(int rows, int dimension) {
    this.versions = new int[rows];
    this.heap = new float[rows * dimension];
    this.mapped = null;
    this.first = 0;
  }

  /**
   * Makes a chunk over vectors of a file.
   *
   * @param first which of the mapped floats is the first of the chunk
   */
  Chunk(int[] versions, FloatBuffer mapped, int first) {
    this.versions = versions;
    this.mapped = mapped;
    this.first = first;
  }

  /** Returns the version of a row; odd if the row holds a live vector. */
  int version(int row) {
    return (int) VERSION.getAcquire(versions, row);
  }

  /** Returns whether nothing changed since a version was read; what was read then is sound. */
  boolean still(int row, int version) {
    VarHandle.acquireFence();
    return (int) VERSION.getOpaque(versions, row) == version;
  }

  void write(int row, float[] vector) {
    float[] rows = onHeap(vector.length);
    System.arraycopy(vector, 0, rows, row * vector.length, vector.length);
  }

  /** Marks a row live or dead; what was written before is seen by who sees the new version. */
  void mark(int row, boolean live, int change) {
    VERSION.setVolatile(versions, row, change << 1 | (live ? 1 : 0));
  }

  private synchronized float[] onHeap(int dimension) {
    float[] rows = heap;
    if (rows == null) {
      rows = new float[versions.length * dimension];
      FloatBuffer all = Objects.requireNonNull(mapped);
      all.get(first, rows, 0, Math.min(rows.length, all.capacity() - first));
      heap = rows;
    }
    return rows;
  }

  /** Returns an array that holds a row's vector: the chunk's own, or the scratch. */
  float[] vectors(int row, float[] scratch) {
    float[] rows = heap;
    if (rows != null) {
      return rows;
    }
    Objects.requireNonNull(mapped).get(first + row * scratch.length, scratch);
    return scratch;
  }

  /** Reads something of every cache line of a row, so that a later reader need not wait for it. */
  float fetch(int row, int dimension) {
    float sum = 0;
    float[] rows = heap;
    int end = (row + 1) * dimension;
    if (rows != null) {
      for (int at = row * dimension; at < end; at += LINE) {
        sum += rows[at];
      }
    } else {
      FloatBuffer file = Objects.requireNonNull(mapped);
      for (int at = row * dimension; at < end; at += LINE) {
        sum += file.get(first + at);
      }
    }
    return sum;
  }

  /** Returns where the row begins in the array that {@link #vectors} returned. */
  static int at(float[] vectors, int row, float[] scratch) {
    return vectors == scratch ? 0 : row * scratch.length;
  }
}
