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
    byte[] blocks = readBlocks();
    long lanes = 0;
    for (byte some : blocks) {
      lanes += some * Cell.BLOCK;
    }
    long floats = (long) count * (components + 1) * Float.BYTES;
    file.expect("MEMBERS", lanes * Integer.BYTES);
    file.expect("ROWS", lanes * cells.length());
    Cell[] loaded = new Cell[count];
    file.read("CENTRES", floats, in -> readCenters(in, loaded, blocks, cells.length()));
    file.read("MEMBERS", lanes * Integer.BYTES, in -> readMembers(in, loaded));
    file.read("ROWS", lanes * cells.length(), in -> readRows(in, loaded));
    cells.adopt(loaded, refined, places(loaded, dead));
    return cells;
  }

  private byte[] readBlocks() throws IOException {
    file.expect("BLOCKS", count);
    byte[] blocks = new byte[count];
    file.read("BLOCKS", count, in -> in.read(blocks, 0, count));
    for (int i = 0; i < count; i++) {
      if (blocks[i] < 1 || blocks[i] > Cell.SIZE / Cell.BLOCK) {
        file.check(false, "damaged: cell %d has %d blocks", i, blocks[i]);
      }
    }
    return blocks;
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

  private void readCenters(SectionReader in, Cell[] loaded, byte[] blocks, int length)
      throws IOException {
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
      loaded[i] = Cell.ofFile(center, length, scale, blocks[i]);
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
        "BLOCKS",
        o -> {
          for (Cell cell : all) {
            o.putBytes(new byte[] {(byte) (cell.slots.length / Cell.BLOCK)}, 0, 1);
          }
        });
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
