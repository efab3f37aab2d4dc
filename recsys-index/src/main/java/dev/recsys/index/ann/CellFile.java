package dev.recsys.index.ann;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/** The sections of a file that hold {@link Cells}. */
final class CellFile {
  private final IndexFile file;
  private final LiveGraph live;
  private final int components;
  private final int count;

  CellFile(IndexFile file, LiveGraph live, int components, int count) {
    this.file = file;
    this.live = live;
    this.components = components;
    this.count = count;
  }

  /** Reads the cells; every live slot must be in one of them, and no other slot. */
  Cells read(float lift, int refined, int end) throws IOException {
    Cells cells = new Cells(live.metric, components, lift);
    long floats = (long) count * (components + 1) * Float.BYTES;
    FloatBuffer centers = file.section("CENTRES", floats).asFloatBuffer();
    long ints = (long) count * Cell.SIZE * Integer.BYTES;
    IntBuffer members = file.section("MEMBERS", ints).asIntBuffer();
    int rows = cells.length() * Cell.SIZE;
    long bytes = (long) count * rows;
    Cell[] loaded = new Cell[count];
    boolean[] placed = new boolean[end];
    int total = 0;
    for (int i = 0; i < count; i++) {
      float[] center = new float[components];
      centers.get(center);
      float scale = centers.get();
      Cell cell = Cell.ofScale(center, cells.length(), scale);
      members.get(cell.slots);
      ByteBuffer codes = file.section("ROWS", bytes, (long) i * rows, rows);
      codes.get(cell.codes);
      file.check(cell.adopt(), "damaged: lanes of cell %d", i);
      check(cell, i, placed);
      total += cell.count();
      loaded[i] = cell;
    }
    file.check(total == live.slots.size(), "damaged: cells hold %d vectors", total);
    cells.adopt(loaded, refined, end);
    return cells;
  }

  private void check(Cell cell, int number, boolean[] placed) {
    boolean finite = Float.isFinite(cell.scale) && cell.scale > 0;
    for (float component : cell.center) {
      finite &= Float.isFinite(component);
    }
    file.check(finite, "damaged: centre of cell %d", number);
    for (int slot : cell.slots) {
      if (slot != Cell.FREE) {
        boolean good = slot >= 0 && slot < placed.length && !placed[slot];
        file.check(good && live.slots.live(slot), "damaged: cell %d holds slot %d", number, slot);
        placed[slot] = true;
      }
    }
  }

  /** Writes the cells, if there are any; nobody may change them. */
  static void write(IndexFileWriter out, @Nullable Cells cells) throws IOException {
    Cell[] all = cells == null ? new Cell[0] : cells.cells();
    out.section(
        "CENTRES",
        o -> {
          for (Cell cell : all) {
            o.putFloats(cell.center, 0, cell.center.length);
            o.putFloats(new float[] {cell.scale}, 0, 1);
          }
        });
    out.section(
        "MEMBERS",
        o -> {
          for (Cell cell : all) {
            o.putInts(cell.slots, 0, cell.slots.length);
          }
        });
    out.section(
        "ROWS",
        o -> {
          for (Cell cell : all) {
            o.putBytes(cell.codes, 0, cell.codes.length);
          }
        });
  }
}
