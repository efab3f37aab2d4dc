package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph as an {@link IndexFile}. Sections: PARAMS (dimension, metric, m, efConstruction, slots,
 * entry, components of a code, inserts since the codes were fitted and until they are fitted again,
 * links above level 0, components that tell the cell, cells and how many there were when they were
 * refined, lift of the cells, slots to look through for a candidate and the part of these that is
 * wanted, floats; then the seed, a long), CENTER and AXES of the projection, IDS (longs), LIVE (a
 * byte a slot), LINKS (level 0), TOWERS (the upper levels in the order of slots), CODES, CENTRES
 * (of the cells, each with its scale), MEMBERS (256 slots a cell), ROWS (their codes), VECTORS. How
 * high a slot reaches follows from the seed.
 *
 * <p>A checksum tells damage, not malice: every number that memory is taken by, or that is used as
 * a slot, is checked as well. VECTORS is mapped and its checksum is compared only by {@link
 * #verify}: whatever stands in there can make results wrong, but nothing else.
 */
final class HnswFile {
  static final int KIND = 1;
  private static final int PARAMS_LENGTH = 16 * Integer.BYTES + Long.BYTES;
  private static final int METRICS = 3;

  private final IndexFile file;
  private final LiveGraph live;
  private final int end;
  private final int entry;
  private final int components;
  private final int sinceFit;
  private final int nextFit;
  private final long towerLinks;
  private final int cellComponents;
  private final int cellCount;
  private final int refined;
  private final float lift;
  private final float depth;
  private final float share;

  private HnswFile(IndexFile file) throws IOException {
    this.file = file;
    ByteBuffer params = file.section("PARAMS", PARAMS_LENGTH);
    int dimension = inRange("dimension", params.getInt(), 1, Vectors.MAX_DIMENSION);
    MetricType metric = metric(inRange("metric", params.getInt(), 0, METRICS - 1));
    int m = inRange("m", params.getInt(), 2, 2_048);
    int efConstruction = inRange("efConstruction", params.getInt(), 1, 65_536);
    this.end = inRange("slots", params.getInt(), 0, Integer.MAX_VALUE);
    this.entry = inRange("entry", params.getInt(), -1, end - 1);
    this.components = inRange("components", params.getInt(), 1, dimension);
    this.sinceFit = inRange("sinceFit", params.getInt(), 0, Integer.MAX_VALUE);
    this.nextFit = inRange("nextFit", params.getInt(), 1, Integer.MAX_VALUE);
    this.towerLinks = inRange("tower links", params.getInt(), 0, Integer.MAX_VALUE);
    this.cellComponents = inRange("cell components", params.getInt(), 0, components);
    this.cellCount = inRange("cells", params.getInt(), 0, end);
    this.refined = inRange("refined cells", params.getInt(), 0, end);
    this.lift = params.getFloat();
    file.check(Float.isFinite(lift) && lift > 0, "damaged: lift is %s", lift);
    this.depth = params.getFloat();
    file.check(depth > 0 && depth < Integer.MAX_VALUE, "damaged: depth is %s", depth);
    this.share = params.getFloat();
    file.check(share > 0 && share <= 1, "damaged: share is %s", share);
    this.live = new LiveGraph(dimension, metric, m, efConstruction, params.getLong());
  }

  private int inRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      file.check(false, "damaged: %s is %d", name, value);
    }
    return value;
  }

  static MetricType metric(int code) {
    return switch (code) {
      case 0 -> MetricType.IP;
      case 1 -> MetricType.COSINE;
      default -> MetricType.L2;
    };
  }

  static int code(MetricType metric) {
    return switch (metric) {
      case IP -> 0;
      case COSINE -> 1;
      case L2 -> 2;
    };
  }

  static HnswFile read(Path path) {
    return IndexFile.read(
        path,
        KIND,
        Set.of("VECTORS"),
        file -> {
          HnswFile read = new HnswFile(file);
          read.readSlots();
          read.readGraph();
          return read;
        });
  }

  /** Compares all checksums. */
  static void verify(Path path) {
    IndexFile.read(path, KIND, HnswFile::new);
  }

  LiveGraph live() {
    return live;
  }

  int sinceFit() {
    return sinceFit;
  }

  int nextFit() {
    return nextFit;
  }

  private void readSlots() throws IOException {
    int bits = Slots.chunkBits(live.dimension);
    int rows = 1 << bits;
    ByteBuffer ids = file.section("IDS", (long) end * Long.BYTES);
    ByteBuffer flags = file.section("LIVE", end);
    Chunk[] chunks = new Chunk[(int) (((long) end + rows - 1) >>> bits)];
    for (int c = 0; c < chunks.length; c++) {
      int from = c << bits;
      int count = Math.min(rows, end - from);
      int[] versions = new int[rows];
      for (int row = 0; row < count; row++) {
        versions[row] = inRange("liveness", flags.get(), 0, 1);
      }
      chunks[c] = new Chunk(versions, vectors(from, count));
    }
    long[] each = new long[end];
    ids.asLongBuffer().get(each);
    live.slots.adopt(chunks, each, end);
    int alive = 0;
    for (int slot = 0; slot < end; slot++) {
      alive += live.slots.live(slot) ? 1 : 0;
    }
    file.check(alive == live.slots.size(), "damaged: an id is there twice");
  }

  private @Nullable ByteBuffer window;
  private int windowFrom;
  private int windowEnd;

  /** Returns the vectors of some slots from a mapped window that holds many chunks. */
  private FloatBuffer vectors(int from, int count) throws IOException {
    long row = (long) live.dimension * Float.BYTES;
    if (window == null || from + count > windowEnd) {
      int rows = Integer.highestOneBit((int) ((1 << 30) / row));
      windowFrom = from;
      windowEnd = Math.min(end, from + rows);
      window = file.section("VECTORS", end * row, from * row, (windowEnd - windowFrom) * row);
    }
    return window
        .slice((int) ((from - windowFrom) * row), (int) (count * row))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }

  private void readGraph() throws IOException {
    Projection projection = readProjection();
    int length = projection.codeLength();
    ByteBuffer codes = file.section("CODES", (long) end * length);
    ByteBuffer links = file.section("LINKS", (long) end * 2 * live.m * Integer.BYTES);
    ByteBuffer towers = file.section("TOWERS", towerLinks * Integer.BYTES);
    live.graph =
        new Graph(
            live.m, 0, new GraphCodes(live.metric, projection, new byte[0][], GraphKernels.BEST));
    live.graph = live.grown(end);
    if (cellComponents > 0 && end > 0) {
      Cells cells = new CellFile(file, live, cellComponents, cellCount).read(lift, refined, end);
      cells.tune(depth, share);
      live.graph = live.graph.withCodes(live.graph.codes, cells);
    }
    Graph graph = live.graph;
    for (int slot = 0, left; slot < end; slot += left) {
      left = Math.min(end - slot, 1 << graph.codes.bits);
      codes.get(graph.codes.blocks[slot >>> graph.codes.bits], GraphKernels.PAD, left * length);
    }
    for (int slot = 0; slot < end; slot++) {
      readLinks(links, slot, 0);
      for (int level = 1; level <= graph.level(slot); level++) {
        file.check(towers.remaining() >= live.m * Integer.BYTES, "damaged: towers too short");
        readLinks(towers, slot, level);
      }
    }
    file.check(!towers.hasRemaining(), "damaged: towers too long");
    file.check(entry >= 0 || live.slots.size() == 0, "damaged: no entry");
    live.enterAt(entry);
  }

  private void readLinks(ByteBuffer from, int slot, int level) {
    Graph graph = live.graph;
    int[] links = graph.links(slot, level);
    int at = graph.at(slot, level);
    int width = graph.width(level);
    from.asIntBuffer().get(links, at, width);
    from.position(from.position() + width * Integer.BYTES);
    for (int i = at; i < at + width; i++) {
      int link = links[i];
      if (link < Graph.NONE || link >= end || (link >= 0 && level > graph.level(link))) {
        file.check(false, "damaged: slot %d links to %d on level %d", slot, link, level);
      }
    }
  }

  private Projection readProjection() throws IOException {
    int dimension = live.dimension;
    float[] center = new float[dimension];
    ByteBuffer from = file.section("CENTER", (long) dimension * Float.BYTES);
    from.asFloatBuffer().get(center);
    long axes = components == dimension ? 0 : (long) components * dimension;
    ByteBuffer turn = file.section("AXES", axes * Float.BYTES);
    float[] matrix = new float[(int) axes];
    turn.asFloatBuffer().get(matrix);
    return new Projection(center, matrix, cellComponents);
  }

  /** Writes a graph that nobody changes and that has no dead slots. */
  static void write(Path path, LiveGraph live, int sinceFit, int nextFit) {
    IndexFileWriter.write(
        path,
        KIND,
        out -> {
          out.section("PARAMS", o -> writeParams(o, live, sinceFit, nextFit));
          Projection projection = live.graph.codes.projection;
          out.section("CENTER", o -> o.putFloats(projection.center(), 0, live.dimension));
          out.section("AXES", o -> o.putFloats(projection.axes(), 0, projection.axes().length));
          out.section("IDS", o -> writeIds(o, live.slots));
          out.section("LIVE", o -> writeLiveness(o, live.slots));
          out.section("LINKS", o -> writeLinks(o, live));
          out.section("TOWERS", o -> writeTowers(o, live));
          out.section("CODES", o -> writeCodes(o, live));
          CellFile.write(out, live.graph.cells);
          out.section("VECTORS", o -> writeVectors(o, live));
        });
  }

  private static void writeParams(IndexFileWriter out, LiveGraph live, int sinceFit, int nextFit)
      throws IOException {
    int end = live.slots.end();
    out.putInt(live.dimension);
    out.putInt(code(live.metric));
    out.putInt(live.m);
    out.putInt(live.efConstruction);
    out.putInt(end);
    out.putInt(live.entry() < 0 ? -1 : LiveGraph.slot(live.entry()));
    out.putInt(live.graph.codes.projection.components());
    out.putInt(sinceFit);
    out.putInt(nextFit);
    int links = 0;
    for (int slot = 0; slot < end; slot++) {
      links += live.graph.level(slot) * live.m;
    }
    out.putInt(links);
    Cells cells = live.graph.cells;
    out.putInt(cells == null ? 0 : cells.components);
    out.putInt(cells == null ? 0 : cells.cells().length);
    out.putInt(cells == null ? 0 : cells.refinedCount());
    out.putInt(Float.floatToIntBits(cells == null ? 1 : cells.lift));
    out.putInt(Float.floatToIntBits(cells == null ? 1 : cells.depth()));
    out.putInt(Float.floatToIntBits(cells == null ? 1 : cells.share()));
    out.putLong(live.seed);
  }

  private static void writeIds(IndexFileWriter out, Slots slots) throws IOException {
    for (int slot = 0; slot < slots.end(); slot++) {
      out.putLong(slots.id(slot));
    }
  }

  private static void writeLiveness(IndexFileWriter out, Slots slots) throws IOException {
    byte[] one = new byte[1];
    for (int slot = 0; slot < slots.end(); slot++) {
      one[0] = (byte) (slots.live(slot) ? 1 : 0);
      out.putBytes(one, 0, 1);
    }
  }

  private static void writeLinks(IndexFileWriter out, LiveGraph live) throws IOException {
    for (int slot = 0; slot < live.slots.end(); slot++) {
      out.putInts(live.graph.links(slot, 0), live.graph.at(slot, 0), 2 * live.m);
    }
  }

  private static void writeTowers(IndexFileWriter out, LiveGraph live) throws IOException {
    for (int slot = 0; slot < live.slots.end(); slot++) {
      int level = live.graph.level(slot);
      if (level > 0) {
        out.putInts(live.graph.links(slot, 1), 0, level * live.m);
      }
    }
  }

  private static void writeCodes(IndexFileWriter out, LiveGraph live) throws IOException {
    GraphCodes codes = live.graph.codes;
    int rows = 1 << codes.bits;
    for (int slot = 0; slot < live.slots.end(); slot += rows) {
      int count = Math.min(rows, live.slots.end() - slot);
      out.putBytes(codes.blocks[slot >>> codes.bits], GraphKernels.PAD, count * codes.length());
    }
  }

  private static void writeVectors(IndexFileWriter out, LiveGraph live) throws IOException {
    float[] row = new float[live.dimension];
    for (int slot = 0; slot < live.slots.end(); slot++) {
      live.slots.read(slot, row);
      out.putFloats(row, 0, row.length);
    }
  }
}
