package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots that a filter accepts, few of all. Where the index has cells they also are in as few
 * cells as hold them, about one common centre: to add up all of these is less work than to look for
 * the nearest cells of the whole.
 */
final class GatheredSlots {
  private final int[] slots;
  private final Cell[] cells;
  private final WeakReference<@Nullable Cells> like;
  private final int changes;

  private GatheredSlots(int[] slots, Cell[] cells, @Nullable Cells like, int changes) {
    this.slots = slots;
    this.cells = cells;
    this.like = new WeakReference<>(like);
    this.changes = changes;
  }

  /** Returns whether these are all accepted slots at a number of changes, in such cells. */
  boolean isOf(int now, @Nullable Cells current) {
    return changes == now && like.refersTo(current);
  }

  /** Returns the cells, none if the index has none. */
  Cell[] cells() {
    return cells;
  }

  int[] slots() {
    return slots;
  }

  /** Gathers the slots of ids, beside writers. */
  static GatheredSlots of(IdSet ids, LiveGraph live, Graph graph) {
    int before = live.changes.get();
    boolean busy = live.doubles.get() > 0;
    int[] found = new int[ids.size()];
    int[] slots = Arrays.copyOf(found, live.slots.find(ids, found));
    Cells like = graph.cells;
    Cell[] cells =
        like == null ? new Cell[0] : new Gathering(graph.codes, like, live.metric).cells(slots);
    boolean settled = !busy && live.changes.get() == before;
    // of no state if a writer was at work
    return new GatheredSlots(slots, cells, like, settled ? before : before - 1);
  }

  /** Writes codes of slots into cells about their mean. */
  private static final class Gathering {
    private final GraphCodes codes;
    private final Cells like;
    private final CellPoint at;

    Gathering(GraphCodes codes, Cells like, MetricType metric) {
      this.codes = codes;
      this.like = like;
      this.at = new CellPoint(metric, like.components, like.lift);
    }

    Cell[] cells(int[] slots) {
      Cell center = new Cell(mean(slots), like.length(), 0, 0);
      double radius = 0;
      for (int slot : slots) {
        place(slot, center);
        radius = Math.max(radius, center.distance(at.point, at.tail));
      }
      Cell[] cells = new Cell[(slots.length + Cell.SIZE - 1) / Cell.SIZE];
      for (int i = 0; i < slots.length; i++) {
        int lane = i % Cell.SIZE;
        if (lane == 0) {
          int room = Math.min(Cell.SIZE, slots.length - i);
          cells[i / Cell.SIZE] = new Cell(center.center, like.length(), radius, room);
        }
        place(slots[i], center);
        cells[i / Cell.SIZE].put(lane, slots[i], at.point, at.tail);
      }
      return cells;
    }

    private void place(int slot, Cell cell) {
      at.decode(codes, slot);
      at.aim(codes, slot, cell);
    }

    private float[] mean(int[] slots) {
      float[] mean = new float[like.components];
      for (int slot : slots) {
        at.decode(codes, slot);
        for (int c = 0; c < mean.length; c++) {
          mean[c] += at.point[c] / slots.length;
        }
      }
      return mean;
    }
  }
}
