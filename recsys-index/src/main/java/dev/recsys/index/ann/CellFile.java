package dev.recsys.index.ann;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sections of a file that hold {@link Cells}. */
final class CellFile {
  /** What stands for the place of a slot that may be in no cell. */
  private static final int DEAD = -2;

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
  Cells read(float lift, int refined, int[] dead) throws IOException {
    Cells cells = new Cells(live.metric, components, lift);
    int rows = cells.length() * Cell.SIZE;
    long floats = (long) count * (components + 1) * Float.BYTES;
    long ints = (long) count * Cell.SIZE * Integer.BYTES;
    long bytes = (long) count * rows;
    file.expect("MEMBERS", ints);
    file.expect("ROWS", bytes);
    Cell[] loaded = new Cell[count];
    file.read("CENTRES", floats, in -> readCenters(in, loaded, cells.length()));
    file.read("MEMBERS", ints, in -> readMembers(in, loaded));
    file.read("ROWS", bytes, in -> readRows(in, loaded));
    cells.adopt(loaded, refined, places(loaded, dead));
    return cells;
  }

  /** Returns for every slot its place; live ones must have one, and dead ones none. */
  private int[] places(Cell[] loaded, int[] dead) {
    int[] places = new int[live.slots.end()];
    Arrays.fill(places, Cells.ABSENT);
    for (int slot : dead) {
      places[slot] = DEAD;
    }
    int total = 0;
    for (int i = 0; i < count; i++) {
      if (!loaded[i].adopt(i, places)) {
        file.check(false, "damaged: lanes of cell %d", i);
      }
      total += loaded[i].count();
    }
    file.check(total == live.slots.size(), "damaged: cells hold %d vectors", total);
    for (int slot : dead) {
      places[slot] = Cells.ABSENT;
    }
    return places;
  }

  private void readCenters(SectionReader in, Cell[] loaded, int length) throws IOException {
    float[] all = new float[count * (components + 1)];
    in.read(all, 0, all.length);
    for (int i = 0; i < count; i++) {
      int at = i * (components + 1);
      float[] center = Arrays.copyOfRange(all, at, at + components);
      float scale = all[at + components];
      boolean finite = scale > 0 && scale <= Float.MAX_VALUE;
      for (float component : center) {
        finite &= Math.abs(component) <= Float.MAX_VALUE;
      }
      if (!finite) {
        file.check(false, "damaged: centre of cell %d", i);
      }
      loaded[i] = Cell.ofFile(center, length, scale);
    }
  }

  private static void readMembers(SectionReader in, Cell[] loaded) throws IOException {
    for (Cell cell : loaded) {
      in.read(cell.slots, 0, cell.slots.length);
    }
  }

  private static void readRows(SectionReader in, Cell[] loaded) throws IOException {
    for (Cell cell : loaded) {
      in.read(cell.codes, 0, cell.codes.length);
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
