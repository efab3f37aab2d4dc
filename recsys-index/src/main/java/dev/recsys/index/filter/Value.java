package dev.recsys.index.filter;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a row, opened over columns for one evaluation; of one thread. */
interface Value {
  /** Writes the value of a row into a cell. */
  void load(int row, Cell out);

  /** A value before it has columns. */
  interface Plan {
    Value open(Columns columns);
  }

  /** Returns the value that is the same in every row. */
  static Value constant(Object constant) {
    return (row, out) -> out.setObject(constant);
  }

  /** Returns the value of a scalar field. */
  static Value of(Columns.Column column) {
    Value value = present(column);
    return (row, out) -> {
      if (column.isNull(row)) {
        out.set(Cell.Kind.NULL);
      } else {
        value.load(row, out);
      }
    };
  }

  private static Value present(Columns.Column column) {
    if (column instanceof Columns.Longs longs) {
      return (row, out) -> out.setInteger(longs.get(row));
    }
    if (column instanceof Columns.Doubles doubles) {
      return (row, out) -> out.setReal(doubles.get(row));
    }
    if (column instanceof Columns.Texts texts) {
      return (row, out) -> out.setText(texts.get(row));
    }
    if (column instanceof Columns.Booleans booleans) {
      return (row, out) -> out.setBoolean(booleans.get(row));
    }
    if (column instanceof Columns.Lists arrays) {
      return (row, out) -> out.setObject(new Elements(arrays, row));
    }
    throw new IllegalStateException("columns of JSON are read by key");
  }

  /** The elements of an array, read as they are asked for. */
  final class Elements extends AbstractList<Object> {
    private final Columns.Lists arrays;
    private final int row;

    private Elements(Columns.Lists arrays, int row) {
      this.arrays = arrays;
      this.row = row;
    }

    @Override
    public Object get(int index) {
      return arrays.get(row, index);
    }

    @Override
    public int size() {
      return arrays.length(row);
    }
  }

  /** Returns an element of an array. */
  static Value element(Columns.Lists arrays, long index) {
    return (row, out) -> {
      if (arrays.isNull(row)) {
        out.set(Cell.Kind.NULL);
      } else if (index >= arrays.length(row)) {
        out.set(Cell.Kind.OUTSIDE);
      } else {
        out.setObject(arrays.get(row, (int) index));
      }
    };
  }

  /** Returns the number of elements of an array. */
  static Value length(Columns.Lists arrays) {
    return (row, out) -> {
      if (arrays.isNull(row)) {
        out.set(Cell.Kind.NULL);
      } else {
        out.setInteger(arrays.length(row));
      }
    };
  }

  /** Returns the number of elements of what a value is, if it is a list of JSON. */
  static Value length(Value json) {
    return (row, out) -> {
      json.load(row, out);
      if (out.kind == Cell.Kind.LIST && out.object instanceof List<?> list) {
        out.setInteger(list.size());
      } else if (out.kind != Cell.Kind.NULL) {
        out.set(Cell.Kind.MISSING);
      }
    };
  }

  /** Returns what lies under keys and indexes in JSON. */
  static Value json(Columns.Json json, List<Object> steps) {
    String[] keys = steps.stream().map(Object::toString).toArray(String[]::new);
    int[] indexes = steps.stream().mapToInt(Value::index).toArray();
    return (row, out) -> {
      if (json.isNull(row)) {
        out.set(Cell.Kind.NULL);
      } else {
        out.setObject(walk(json.get(row), keys, indexes));
      }
    };
  }

  /** As a JSON pointer goes: a number is a key of an object, and digits are an index of a list. */
  private static @Nullable Object walk(@Nullable Object start, String[] keys, int[] indexes) {
    Object at = start;
    for (int i = 0; i < keys.length && at != null; i++) {
      if (at instanceof Map<?, ?> map) {
        at = map.get(keys[i]);
      } else {
        boolean inside = at instanceof List<?> list && indexes[i] < list.size();
        at = inside && indexes[i] >= 0 ? ((List<?>) at).get(indexes[i]) : null;
      }
    }
    return at;
  }

  private static int index(Object step) {
    String digits = step.toString();
    boolean plain = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean canonical = digits.length() == 1 || !digits.startsWith("0");
    return plain && canonical ? Integer.parseInt(digits) : -1;
  }
}
