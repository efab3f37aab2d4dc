package dev.recsys.bench.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Walks through the records of one file. Not safe for many threads. */
final class RecordReader implements AutoCloseable {
  private static final int MAX_DIMENSION = 32_768;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final DataInputStream in;
  private final int dimension;
  private final int records;
  private final byte[] bytes;
  private final ByteBuffer components;
  private int next;

  private RecordReader(Path file, DataInputStream in, long size) throws IOException {
    this.file = file;
    this.in = in;
    this.dimension = readDimension(size);
    long length = Integer.BYTES + (long) Integer.BYTES * dimension;
    if (size % length != 0 || size / length > Integer.MAX_VALUE - 8) {
      throw new VectorFileException(
          file,
          size / length,
          ("truncated: records of dimension " + dimension + " take " + length)
              + (" bytes each, the file has " + size),
          null);
    }
    this.records = (int) (size / length);
    this.bytes = new byte[Integer.BYTES * dimension];
    this.components = VectorFiles.view(bytes);
  }

  static RecordReader open(Path file) throws IOException {
    long size = Files.size(file);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    try {
      return new RecordReader(file, in, size);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Reads the first record's dimension, which must leave room for the record. */
  private int readDimension(long size) throws IOException {
    if (size < 2 * Integer.BYTES) {
      throw new VectorFileException(
          file, 0, "truncated: a record takes at least 8 bytes, the file has " + size, null);
    }
    int found = Integer.reverseBytes(in.readInt());
    long room = Math.min(MAX_DIMENSION, size / Integer.BYTES - 1);
    if (found < 1 || found > room) {
      throw new VectorFileException(
          file, 0, "dimension must be in [1, " + room + "], got " + found, null);
    }
    return found;
  }

  int dimension() {
    return dimension;
  }

  int records() {
    return records;
  }

  /** Returns the components of the next record; the next call overwrites them. */
  ByteBuffer next() throws IOException {
    try {
      if (next > 0) {
        int found = Integer.reverseBytes(in.readInt());
        if (found != dimension) {
          throw new VectorFileException(
              file, next, "dimension must be " + dimension + " as in record 0, got " + found, null);
        }
      }
      in.readFully(bytes);
    } catch (EOFException e) {
      throw new VectorFileException(file, next, "truncated while it was read", e);
    }
    next++;
    return components.clear();
  }

  static int checkDimension(int dimension) {
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "dimension must be in [1, " + MAX_DIMENSION + "], got " + dimension);
    }
    return dimension;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
