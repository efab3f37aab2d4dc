package dev.recsys.bench.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/**
 * Reads and writes {@code .fvecs} and {@code .ivecs}: records one after the other, each of a
 * dimension as an int and as many floats or ints, all little-endian. Every record of a file has the
 * same dimension, from 1 to 32,768. Stateless, safe for many threads.
 *
 * <p>All methods throw {@link VectorFileException} if there is no such file, or one that is
 * truncated, of mixed dimensions or of a dimension out of range. They allocate no more components
 * than the file has.
 *
 * @see <a href="http://corpus-texmex.irisa.fr/">the format's home</a>
 */
public final class VectorFiles {
  private VectorFiles() {}

  /** Reads all vectors of an {@code .fvecs} file. */
  public static float[][] readFloats(Path file) {
    try (RecordReader reader = RecordReader.open(file)) {
      float[][] vectors = new float[reader.records()][reader.dimension()];
      for (float[] vector : vectors) {
        reader.next().asFloatBuffer().get(vector);
      }
      return vectors;
    } catch (IOException e) {
      throw new VectorFileException(file, -1, "cannot be read: " + e, e);
    }
  }

  /** Reads all rows of an {@code .ivecs} file. */
  public static int[][] readInts(Path file) {
    try (RecordReader reader = RecordReader.open(file)) {
      int[][] rows = new int[reader.records()][reader.dimension()];
      for (int[] row : rows) {
        reader.next().asIntBuffer().get(row);
      }
      return rows;
    } catch (IOException e) {
      throw new VectorFileException(file, -1, "cannot be read: " + e, e);
    }
  }

  /**
   * Writes vectors of one dimension, beside a file that is there at first, which it then replaces.
   *
   * @throws IllegalArgumentException if there are none, or if their dimensions differ
   */
  public static void writeFloats(Path file, float[][] vectors) {
    int dimension = dimension(vectors.length, i -> vectors[i].length);
    try (RecordWriter writer = RecordWriter.open(file, dimension)) {
      for (float[] vector : vectors) {
        writer.record().asFloatBuffer().put(vector);
        writer.write();
      }
      writer.finish();
    } catch (IOException e) {
      throw new VectorFileException(file, -1, "cannot be written: " + e, e);
    }
  }

  /**
   * Writes rows of one length, as {@link #writeFloats} does.
   *
   * @throws IllegalArgumentException if there are none, or if their lengths differ
   */
  public static void writeInts(Path file, int[][] rows) {
    int dimension = dimension(rows.length, i -> rows[i].length);
    try (RecordWriter writer = RecordWriter.open(file, dimension)) {
      for (int[] row : rows) {
        writer.record().asIntBuffer().put(row);
        writer.write();
      }
      writer.finish();
    } catch (IOException e) {
      throw new VectorFileException(file, -1, "cannot be written: " + e, e);
    }
  }

  private static int dimension(int count, IntUnaryOperator lengthOf) {
    if (count == 0) {
      throw new IllegalArgumentException("a file needs at least one vector, got none");
    }
    int dimension = lengthOf.applyAsInt(0);
    for (int i = 1; i < count; i++) {
      if (lengthOf.applyAsInt(i) != dimension) {
        throw new IllegalArgumentException(
            ("vector " + i + " must have dimension " + dimension)
                + (" as vector 0 has, got " + lengthOf.applyAsInt(i)));
      }
    }
    return RecordReader.checkDimension(dimension);
  }

  /** Returns a little-endian view of bytes. */
  static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
