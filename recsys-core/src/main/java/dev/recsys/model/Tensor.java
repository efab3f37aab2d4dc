package dev.recsys.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A dense array in row-major order with a shape; the values are shared, not copied.
 *
 * @param values a {@code float[]}, {@code long[]} or {@code int[]}
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString go by content
record Tensor(Type type, Object values, int... shape) {

  /** Element types, named as in safetensors. */
  enum Type {
    F32(Float.BYTES),
    I64(Long.BYTES),
    I32(Integer.BYTES);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    Object allocate(int size) {
      return switch (this) {
        case F32 -> new float[size];
        case I64 -> new long[size];
        case I32 -> new int[size];
      };
    }
  }

  Tensor {
    int size =
        switch (type) {
          case F32 -> ((float[]) values).length;
          case I64 -> ((long[]) values).length;
          case I32 -> ((int[]) values).length;
        };
    if (size != size(shape)) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + size + " values");
    }
  }

  static Tensor of(float[] values, int... shape) {
    return new Tensor(Type.F32, values, shape);
  }

  static Tensor of(long[] values, int... shape) {
    return new Tensor(Type.I64, values, shape);
  }

  static Tensor of(int[] values, int... shape) {
    return new Tensor(Type.I32, values, shape);
  }

  /** How a tensor of that type and shape prints. */
  static String describe(Type type, int... shape) {
    return type + Arrays.toString(shape);
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Tensor get(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("expected a tensor " + name + ", found none");
    }
    return tensor;
  }

  /**
   * Checks names, types and shapes.
   *
   * @param expected how each tensor must print
   * @throws IllegalArgumentException when one is missing, different or not expected
   */
  static void require(Map<String, String> expected, Map<String, Tensor> tensors) {
    expected.forEach(
        (name, description) -> {
          if (!get(tensors, name).toString().equals(description)) {
            throw new IllegalArgumentException(
                "expected tensor " + name + " as " + description + ", found " + tensors.get(name));
          }
        });
    for (String name : tensors.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException(
            "expected only tensors " + expected.keySet() + ", found " + name);
      }
    }
  }

  static int size(int... shape) {
    int size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, length);
    }
    return size;
  }

  int size() {
    return size(shape);
  }

  float[] floats() {
    return (float[]) values;
  }

  /**
   * The values, none of which is infinite or not a number.
   *
   * @param name of the tensor, for the message
   * @throws IllegalArgumentException when one is
   */
  float[] finiteFloats(String name) {
    float[] floats = floats();
    for (int i = 0; i < floats.length; i++) {
      if (!Float.isFinite(floats[i])) {
        throw new IllegalArgumentException(
            "expected " + name + "[" + i + "] to be finite, found " + floats[i]);
      }
    }
    return floats;
  }

  /**
   * The rows of a matrix, copied: a loop over a row from its beginning is compiled to vector
   * instructions, one from within a longer array is not.
   *
   * @param name of the tensor, for the message
   * @throws IllegalArgumentException when a value is infinite or not a number
   */
  float[][] finiteRows(String name) {
    float[] floats = finiteFloats(name);
    float[][] rows = new float[shape[0]][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(floats, row * shape[1], (row + 1) * shape[1]);
    }
    return rows;
  }

  /** The matrix of these rows. */
  static Tensor ofRows(float[][] rows, int columns) {
    float[] values = new float[Math.multiplyExact(rows.length, columns)];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return of(values, rows.length, columns);
  }

  /** Adds a row times a factor. */
  static void add(float[] sum, float[] row, float factor) {
    for (int i = 0; i < row.length; i++) {
      sum[i] += factor * row[i];
    }
  }

  long[] longs() {
    return (long[]) values;
  }

  int[] ints() {
    return (int[]) values;
  }

  /** Copies {@code count} values from {@code start} into the buffer, in the buffer's byte order. */
  void copyTo(ByteBuffer buffer, int start, int count) {
    switch (type) {
      case F32 -> buffer.asFloatBuffer().put(floats(), start, count);
      case I64 -> buffer.asLongBuffer().put(longs(), start, count);
      case I32 -> buffer.asIntBuffer().put(ints(), start, count);
    }
    buffer.position(buffer.position() + count * type.bytes);
  }

  /** Takes {@code count} values from the buffer to {@code start}, in the buffer's byte order. */
  void copyFrom(ByteBuffer buffer, int start, int count) {
    switch (type) {
      case F32 -> buffer.asFloatBuffer().get(floats(), start, count);
      case I64 -> buffer.asLongBuffer().get(longs(), start, count);
      case I32 -> buffer.asIntBuffer().get(ints(), start, count);
    }
    buffer.position(buffer.position() + count * type.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.deepEquals(new Object[] {values}, new Object[] {that.values});
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {type, shape, values});
  }

  @Override
  public String toString() {
    return describe(type, shape);
  }
}
