package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A graph as an {@link IndexFile}. Sections: PARAMS (dimension, metric, m, efConstruction, slots,
 * dead slots, entry, components of a code, inserts since the codes were fitted and until they are
 * fitted again, slots that reach above level 0, components that tell the cell, cells and how many
 * there were when they were refined, lift of the cells, slots to look through for a candidate and
 * the part of these that is wanted, floats; then the seed, a long), CENTER and AXES of the
 * projection, IDS (longs), DEAD (ascending), LINKS (level 0), TALL (slots above level 0, ascending,
 * each with its level), TOWERS (their links, level after level), CODES, BLOCKS (how many each cell
 * has, bytes), CENTRES (of the cells, each with its scale), MEMBERS (64 slots a block), ROWS (their
 * codes), VECTORS.
 *
 * <p>A checksum tells damage, not malice: every number that memory is taken by, or that is used as
 * a slot, is checked as well. VECTORS is mapped and its checksum is compared only by {@link
 * #verify}: whatever stands in there can make results wrong, but nothing else.
 *
 * <p>Where a file is the first that a JVM opens, nothing is compiled: what is done for every slot
 * is done by few loops over arrays, and the kernels, which take long to start, are not touched.
 */
final class HnswFile {
  static final int KIND = 1;
  static final int PARAMS_LENGTH = 17 * Integer.BYTES + Long.BYTES;
  private static final int METRICS = 3;

  /** What is checked as it is read, but for VECTORS, which is not. */
  private static final Set<String> CHECKED_LATER =
      Set.of(
          "CENTER", "AXES", "IDS", "DEAD", "LINKS", "TALL", "TOWERS", "CODES", "BLOCKS", "CENTRES",
          "MEMBERS", "ROWS", "VECTORS");

  private final IndexFile file;
  private final LiveGraph live;
  private final int end;
  private final int deadCount;
  private final int entry;
  private final int components;
  private final int sinceFit;
  private final int nextFit;
  private final int tall;
  private final int cellComponents;
  private final int cellCount;
  private final int refined;
  private final float lift;
  private final float depth;
  private final float share;
  private int[] dead = {};

  private HnswFile(IndexFile file) throws IOException {
    this.file = file;
    ByteBuffer params = file.section("PARAMS", PARAMS_LENGTH);
    int dimension = inRange("dimension", params.getInt(), 1, Vectors.MAX_DIMENSION);
    MetricType metric = metric(inRange("metric", params.getInt(), 0, METRICS - 1));
    int m = inRange("m", params.getInt(), 2, 2_048);
    int efConstruction = inRange("efConstruction", params.getInt(), 1, 65_536);
    this.end = inRange("slots", params.getInt(), 0, Integer.MAX_VALUE);
    this.deadCount = inRange("dead slots", params.getInt(), 0, end);
    this.entry = inRange("entry", params.getInt(), -1, end - 1);
    this.components = inRange("components", params.getInt(), 1, dimension);
    this.sinceFit = inRange("sinceFit", params.getInt(), 0, Integer.MAX_VALUE);
    this.nextFit = inRange("nextFit", params.getInt(), 1, Integer.MAX_VALUE);
    this.tall = inRange("tall slots", params.getInt(), 0, end);
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
        CHECKED_LATER,
        file -> {
          HnswFile read = new HnswFile(file);
          read.readSlots(path);
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

  private void readSlots(Path path) throws IOException {
    readDead();
    int bits = Slots.chunkBits(live.dimension);
    int rows = 1 << bits;
    long[] ids = new long[end];
    file.read("IDS", (long) end * Long.BYTES, in -> in.read(ids, 0, end));
    Chunk[] chunks = new Chunk[(int) (((long) end + rows - 1) >>> bits)];
    for (int c = 0; c < chunks.length; c++) {
      int[] versions = new int[rows];
      Arrays.fill(versions, 0, Math.min(rows, end - (c << bits)), 1);
      chunks[c] = chunk(versions, c << bits);
    }
    live.slots.adopt(path, chunks, ids, end, dead);
  }

  private void readDead() throws IOException {
    file.expect("IDS", (long) end * Long.BYTES);
    dead = new int[deadCount];
    file.read("DEAD", (long) deadCount * Integer.BYTES, in -> in.read(dead, 0, deadCount));
    for (int i = 0; i < deadCount; i++) {
      if (dead[i] < (i == 0 ? 0 : dead[i - 1] + 1) || dead[i] >= end) {
        file.check(false, "damaged: slot %d is dead", dead[i]);
      }
    }
  }

  private @Nullable FloatBuffer window;
  private int windowFrom;
  private int windowEnd;

  /** Returns a chunk whose vectors stand in a mapped window that holds many chunks. */
  private Chunk chunk(int[] versions, int from) throws IOException {
    long row = (long) live.dimension * Float.BYTES;
    FloatBuffer mapped = window;
    if (mapped == null || from >= windowEnd) {
      int rows = Integer.highestOneBit((int) ((1 << 30) / row));
      windowFrom = from;
      windowEnd = Math.min(end, from + rows);
      mapped =
          file.section("VECTORS", end * row, from * row, (windowEnd - windowFrom) * row)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      window = mapped;
    }
    return new Chunk(versions, mapped, (from - windowFrom) * live.dimension);
  }

  private void readGraph() throws IOException {
    Projection projection = readProjection();
    int length = projection.codeLength();
    int linkBytes = 2 * live.m * Integer.BYTES;
    file.expect("LINKS", (long) end * linkBytes);
    file.expect("CODES", (long) end * length);
    GraphCodes codes = new GraphCodes(live.metric, projection, new byte[0][]).withCapacity(end);
    Graph graph = Graph.ofFile(live.m, end, codes);
    file.read("LINKS", (long) end * linkBytes, in -> readLinks(in, graph));
    readTowers(graph);
    file.read("CODES", (long) end * length, in -> readCodes(in, codes));
    live.graph = graph;
    if (cellComponents > 0 && end > 0) {
      Cells cells = new CellFile(file, live, cellComponents, cellCount).read(lift, refined, dead);
      cells.tune(depth, share);
      live.graph = graph.withCodes(codes, cells);
    }
    file.check(entry >= 0 || live.slots.size() == 0, "damaged: no entry");
    live.enterAt(entry);
  }

  private void readLinks(SectionReader in, Graph graph) throws IOException {
    for (int b = 0; b < graph.blocks.length; b++) {
      int[] block = graph.blocks[b];
      in.read(block, 0, block.length);
      file.check(graph.isSound(b), "damaged: links of block %d", b);
    }
  }

  private void readTowers(Graph graph) throws IOException {
    file.expect("TALL", (long) tall * 2 * Integer.BYTES);
    int[] heights = new int[2 * tall];
    file.read("TALL", (long) tall * 2 * Integer.BYTES, in -> in.read(heights, 0, heights.length));
    long levels = 0;
    for (int i = 0; i < heights.length; i += 2) {
      int slot = heights[i];
      int level = heights[i + 1];
      if (slot < (i == 0 ? 0 : heights[i - 2] + 1)
          || slot >= end
          || level < 1
          || level > LiveGraph.MAX_LEVEL) {
        file.check(false, "damaged: slot %d reaches level %d", slot, level);
      }
      levels += level;
    }
    readTowers(graph, heights, levels * live.m);
  }

  private void readTowers(Graph graph, int[] heights, long count) throws IOException {
    file.expect("TOWERS", count * Integer.BYTES);
    int[] links = new int[(int) Math.min(Integer.MAX_VALUE - 8, count)];
    file.read("TOWERS", count * Integer.BYTES, in -> in.read(links, 0, links.length));
    for (int i = 0; i < heights.length; i += 2) {
      graph.raise(heights[i], heights[i + 1]);
    }
    int m = live.m;
    for (int i = 0, at = 0; i < heights.length; i += 2) {
      for (int level = 1; level <= heights[i + 1]; level++, at += m) {
        if (!graph.isSound(links, at, level)) {
          file.check(false, "damaged: links of slot %d on level %d", heights[i], level);
        }
      }
      int[] tower = graph.links(heights[i], 1);
      System.arraycopy(links, at - tower.length, tower, 0, tower.length);
    }
  }

  private static void readCodes(SectionReader in, GraphCodes codes) throws IOException {
    for (byte[] block : codes.blocks) {
      in.read(block, 0, block.length);
    }
  }

  private Projection readProjection() throws IOException {
    int dimension = live.dimension;
    float[] center = new float[dimension];
    file.read("CENTER", (long) dimension * Float.BYTES, in -> in.read(center, 0, dimension));
    long axes = components == dimension ? 0 : (long) components * dimension;
    file.expect("AXES", axes * Float.BYTES);
    float[] matrix = new float[Math.toIntExact(axes)];
    file.read("AXES", axes * Float.BYTES, in -> in.read(matrix, 0, matrix.length));
    return new Projection(center, matrix, cellComponents);
  }
}
