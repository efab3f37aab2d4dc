package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An exact index as an {@link IndexFile}. Sections: PARAMS (dimension, metric, rows, groups,
 * components of a code, axes of the rotation or 0, writes since codes were made, rows at that time;
 * ints, then the mean squared length, a double), AXES and ENERGIES of the rotation, NORMS of the
 * segments, SCALES (of each group: scale, norm, error; doubles), SLOTS (256 ints a group) and CODES
 * of the groups, IDS (longs), VECTORS. Components are 0 where there are no codes.
 *
 * <p>VECTORS is mapped and its checksum is compared only by {@link #verify}: opening a file does
 * not touch its pages. Whatever stands in there can make results wrong, but nothing else.
 */
final class ExactFile {
  static final int KIND = 2;
  private static final int PARAMS_LENGTH = 8 * Integer.BYTES + Double.BYTES;
  private static final int MAX_ROWS = (1 << 28) - 1;
  private static final int WINDOW = 1 << 28;

  /** The greatest length of a segment of codes, and some more. */
  private static final double MAX_SEGMENT_NORM = 128 * Math.sqrt(Kernels.CODE_SEGMENT);

  /** What is told of each group: scale, norm, error. */
  private static final int SCALES = 3;

  /** What is checked as it is read, but for VECTORS, which is not. */
  private static final Set<String> CHECKED_LATER =
      Set.of("AXES", "ENERGIES", "NORMS", "SCALES", "SLOTS", "CODES", "IDS", "VECTORS");

  private final IndexFile file;
  private final int dimension;
  private final MetricType metric;
  private final int size;
  private final int groups;
  private final int components;
  private final int axes;
  private final int changes;
  private final int fittedSize;
  private final double meanSquare;

  private ExactFile(IndexFile file) throws IOException {
    this.file = file;
    ByteBuffer params = file.section("PARAMS", PARAMS_LENGTH);
    this.dimension = inRange("dimension", params.getInt(), 1, Vectors.MAX_DIMENSION);
    this.metric = HnswFile.metric(inRange("metric", params.getInt(), 0, 2));
    this.size = inRange("rows", params.getInt(), 0, MAX_ROWS);
    this.groups = inRange("groups", params.getInt(), 0, MAX_ROWS);
    this.components = inRange("components", params.getInt(), 0, dimension + 1);
    this.axes = inRange("axes", params.getInt(), 0, Math.min(dimension, components));
    this.changes = inRange("changes", params.getInt(), 0, Integer.MAX_VALUE);
    this.fittedSize = inRange("fitted size", params.getInt(), 0, Integer.MAX_VALUE);
    this.meanSquare = params.getDouble();
  }

  private int inRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      file.check(false, "damaged: %s is %d", name, value);
    }
    return value;
  }

  /** What a file holds, ready to be searched. */
  record Content(MetricType metric, CodedRows rows) {}

  static Content read(Path path, Kernels kernels, Executor executor) {
    return IndexFile.read(
        path,
        KIND,
        CHECKED_LATER,
        file -> {
          ExactFile read = new ExactFile(file);
          Rows rows = read.readRows();
          CodedRows coded = new CodedRows(read.metric, rows, kernels, executor);
          coded.adopt(read.readCodes(rows), read.changes, read.fittedSize);
          return new Content(read.metric, coded);
        });
  }

  /** Compares all checksums. */
  static void verify(Path path) {
    IndexFile.read(path, KIND, ExactFile::new);
  }

  private Rows readRows() throws IOException {
    file.expect("IDS", (long) size * Long.BYTES);
    long[] ids = new long[size];
    file.read("IDS", (long) size * Long.BYTES, in -> in.read(ids, 0, size));
    int rows = 1 << Rows.blockBits(dimension);
    FloatBuffer[] blocks = new FloatBuffer[(size + rows - 1) / rows];
    long row = (long) dimension * Float.BYTES;
    int perWindow = (int) Math.max(1, WINDOW / (rows * row)) * rows;
    // an empty section is asked for as well, so that its length is compared
    for (int from = 0; from == 0 || from < size; from += perWindow) {
      int count = Math.min(perWindow, size - from);
      ByteBuffer window = file.section("VECTORS", size * row, from * row, count * row);
      for (int at = 0; at < count; at += rows) {
        int length = (int) (Math.min(rows, count - at) * row);
        blocks[(from + at) / rows] =
            window.slice((int) (at * row), length).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      }
    }
    Rows read = new Rows(dimension, ids, blocks);
    file.check(read.size() == size, "damaged: an id is there twice");
    return read;
  }

  private @Nullable Codes readCodes(Rows rows) throws IOException {
    Rotation rotation = readRotation();
    file.expect("SCALES", (long) groups * SCALES * Double.BYTES);
    file.expect("SLOTS", (long) groups * CodeGroup.SIZE * Integer.BYTES);
    file.expect("CODES", (long) groups * CodeGroup.SIZE * components);
    if (components == 0) {
      file.expect("NORMS", 0);
      return null;
    }
    int prefix = rotation == null ? dimension : axes;
    CodeSpace space = new CodeSpace(metric, dimension, rotation, prefix, meanSquare);
    file.check(space.components() == components, "damaged: %d components", components);
    double[] norms = readDoubles("NORMS", Kernels.segments(components));
    for (double norm : norms) {
      if (!(norm >= 0 && norm <= MAX_SEGMENT_NORM)) {
        file.check(false, "damaged: norm of a segment is %s", norm);
      }
    }
    Codes codes = new Codes(space, rows);
    file.check(codes.adopt(readGroups(), norms), "damaged: not every row has one code");
    return codes;
  }

  private CodeGroup[] readGroups() throws IOException {
    double[] scales = readDoubles("SCALES", groups * SCALES);
    CodeGroup[] made = new CodeGroup[groups];
    for (int g = 0; g < groups; g++) {
      made[g] = new CodeGroup(components);
      double scale = scales[g * SCALES];
      double norm = scales[g * SCALES + 1];
      double error = scales[g * SCALES + 2];
      if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY && norm >= 0 && error >= 0)) {
        file.check(false, "damaged: a group has scale %s, norm %s, error %s", scale, norm, error);
      }
      made[g].adopt(scale, norm, error);
    }
    long slots = (long) groups * CodeGroup.SIZE;
    file.read(
        "SLOTS",
        slots * Integer.BYTES,
        in -> {
          for (CodeGroup group : made) {
            in.read(group.slots, 0, CodeGroup.SIZE);
          }
        });
    file.read(
        "CODES",
        slots * components,
        in -> {
          for (CodeGroup group : made) {
            in.read(group.codes, 0, group.codes.length);
          }
        });
    return made;
  }

  private double[] readDoubles(String section, int count) throws IOException {
    file.expect(section, (long) count * Double.BYTES);
    double[] all = new double[count];
    file.read(section, (long) count * Double.BYTES, in -> in.read(all, 0, count));
    return all;
  }

  private @Nullable Rotation readRotation() throws IOException {
    double[] energies = readDoubles("ENERGIES", axes);
    long floats = (long) axes * dimension;
    file.expect("AXES", floats * Float.BYTES);
    float[] matrix = new float[Math.toIntExact(floats)];
    file.read("AXES", floats * Float.BYTES, in -> in.read(matrix, 0, matrix.length));
    return axes == 0 ? null : new Rotation(dimension, matrix, energies);
  }

  /** Writes an index that nobody changes meanwhile. */
  static void write(Path path, MetricType metric, CodedRows coded) {
    Rows rows = coded.rows();
    Codes codes = coded.codes();
    Rotation rotation = codes == null ? null : codes.space().rotation();
    int axes = rotation == null || codes == null ? 0 : codes.space().prefix();
    IndexFileWriter.write(
        path,
        KIND,
        out -> {
          out.section("PARAMS", o -> writeParams(o, metric, coded, codes, axes));
          out.section("AXES", o -> writeAxes(o, rotation, axes * rows.dimension()));
          out.section("ENERGIES", o -> writeEnergies(o, rotation, axes));
          out.section(
              "NORMS", o -> o.putDoubles(codes == null ? new double[0] : codes.segmentNorms()));
          CodeGroup[] groups = codes == null ? new CodeGroup[0] : codes.groups();
          out.section("SCALES", o -> writeScales(o, groups));
          out.section("SLOTS", o -> writeSlots(o, groups));
          out.section("CODES", o -> writeCodes(o, groups));
          out.section("IDS", o -> writeIds(o, rows));
          out.section("VECTORS", o -> writeVectors(o, rows));
        });
  }

  private static void writeParams(
      IndexFileWriter out, MetricType metric, CodedRows coded, @Nullable Codes codes, int axes)
      throws IOException {
    out.putInt(coded.rows().dimension());
    out.putInt(HnswFile.code(metric));
    out.putInt(coded.rows().size());
    out.putInt(codes == null ? 0 : codes.groupCount());
    out.putInt(codes == null ? 0 : codes.space().components());
    out.putInt(axes);
    out.putInt(coded.changes());
    out.putInt(coded.fittedSize());
    out.putDoubles(codes == null ? 0 : codes.space().meanSquare());
  }

  private static void writeAxes(IndexFileWriter out, @Nullable Rotation rotation, int floats)
      throws IOException {
    if (rotation != null) {
      out.putFloats(rotation.axesEndToEnd(), 0, floats);
    }
  }

  private static void writeEnergies(IndexFileWriter out, @Nullable Rotation rotation, int axes)
      throws IOException {
    for (int axis = 0; axis < axes && rotation != null; axis++) {
      out.putDoubles(rotation.energy(axis));
    }
  }

  private static void writeScales(IndexFileWriter out, CodeGroup[] groups) throws IOException {
    for (CodeGroup group : groups) {
      out.putDoubles(group.scale(), group.norm(), group.error());
    }
  }

  private static void writeSlots(IndexFileWriter out, CodeGroup[] groups) throws IOException {
    for (CodeGroup group : groups) {
      out.putInts(group.slots, 0, CodeGroup.SIZE);
    }
  }

  private static void writeCodes(IndexFileWriter out, CodeGroup[] groups) throws IOException {
    for (CodeGroup group : groups) {
      out.putBytes(group.codes, 0, group.codes.length);
    }
  }

  private static void writeIds(IndexFileWriter out, Rows rows) throws IOException {
    for (int slot = 0; slot < rows.size(); slot++) {
      out.putLong(rows.id(slot));
    }
  }

  private static void writeVectors(IndexFileWriter out, Rows rows) throws IOException {
    float[] row = new float[rows.dimension()];
    for (int slot = 0; slot < rows.size(); slot++) {
      rows.read(slot, row, 0);
      out.putFloats(row, 0, row.length);
    }
  }
}
