package dev.recsys.index.filter;

import com.google.common.collect.Iterables;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A column in memory: which values are null, and the rows of equal values while they are few. */
abstract sealed class MemoryColumn implements Columns.Column
    permits LongColumn, DoubleColumn, BooleanColumn, TextColumn, ArrayColumn, JsonColumn {
  private final RoaringBitmap nulls = new RoaringBitmap();
  private boolean anyNull;

  /** Makes room for this many rows. */
  abstract void grow(int rows);

  /** Puts a value, in its canonical form, into a row that has none. */
  abstract void put(int row, Object value);

  /** Takes the value out of a row. */
  abstract void take(int row);

  /** Returns the index, null if there is none. */
  abstract @Nullable Groups index();

  final void set(int row, @Nullable Object value) {
    if (value == null) {
      nulls.add(row);
      anyNull = true;
    } else {
      put(row, value);
    }
  }

  final void clear(int row) {
    if (isNull(row)) {
      nulls.remove(row);
      anyNull = !nulls.isEmpty();
    } else {
      take(row);
    }
  }

  @Override
  public final boolean isNull(int row) {
    return anyNull && nulls.contains(row);
  }

  @Override
  public final RoaringBitmap nulls() {
    return nulls;
  }

  @Override
  public final @Nullable Iterable<RoaringBitmap> groups() {
    Groups index = index();
    if (index == null || !index.kept()) {
      return null;
    }
    return anyNull ? Iterables.concat(index, List.of(nulls)) : index;
  }
}
