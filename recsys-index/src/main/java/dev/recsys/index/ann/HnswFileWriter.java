package dev.recsys.index.ann;

import java.io.IOException;
import java.nio.file.Path;

/** Writes what {@link HnswFile} reads. */
final class HnswFileWriter {
  private HnswFileWriter() {}

  /** Writes a graph that nobody changes and that has no dead slots. */
  static void write(Path path, LiveGraph live, int sinceFit, int nextFit) {
    IndexFileWriter.write(
        path,
        HnswFile.KIND,
        out -> {
          out.section("PARAMS", o -> writeParams(o, live, sinceFit, nextFit));
          Projection projection = live.graph.codes.projection;
          out.section("CENTER", o -> o.putFloats(projection.center(), 0, live.dimension));
          out.section("AXES", o -> o.putFloats(projection.axes(), 0, projection.axes().length));
          out.section("IDS", o -> writeIds(o, live.slots));
          out.section("DEAD", o -> writeDead(o, live.slots));
          out.section("LINKS", o -> writeLinks(o, live));
          out.section("TALL", o -> writeHeights(o, live));
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
    out.putInt(HnswFile.code(live.metric));
    out.putInt(live.m);
    out.putInt(live.efConstruction);
    out.putInt(end);
    out.putInt(end - live.slots.size());
    out.putInt(live.entry() < 0 ? -1 : LiveGraph.slot(live.entry()));
    out.putInt(live.graph.codes.projection.components());
    out.putInt(sinceFit);
    out.putInt(nextFit);
    int tall = 0;
    for (int slot = 0; slot < end; slot++) {
      tall += live.graph.level(slot) > 0 ? 1 : 0;
    }
    out.putInt(tall);
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

  private static void writeDead(IndexFileWriter out, Slots slots) throws IOException {
    for (int slot = 0; slot < slots.end(); slot++) {
      if (!slots.live(slot)) {
        out.putInt(slot);
      }
    }
  }

  private static void writeHeights(IndexFileWriter out, LiveGraph live) throws IOException {
    for (int slot = 0; slot < live.slots.end(); slot++) {
      if (live.graph.level(slot) > 0) {
        out.putInt(slot);
        out.putInt(live.graph.level(slot));
      }
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
      out.putBytes(codes.blocks[slot >>> codes.bits], 0, count * codes.length());
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
