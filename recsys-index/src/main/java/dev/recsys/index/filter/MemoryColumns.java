package dev.recsys.index.filter;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Columns in memory for the fields of a schema but its vector. Numbers take 8 bytes, truth values a
 * bit, texts and elements of arrays 4 bytes and what each different one takes once. While a column
 * has at most 1,024 different values, or elements, their rows are indexed.
 *
 * <p>Not safe for threads by itself: one may write while no other reads or writes, and many may
 * read while none writes. A row number stays with an entity until it is deleted, and is given to
 * another afterwards.
 */
public final class MemoryColumns implements Columns {
  private static final FieldSchema JSON = FieldSchema.scalar("dynamic", DataType.JSON);

  private final CollectionSchema schema;
  private final Map<String, MemoryColumn> columns = new LinkedHashMap<>();
  private final RoaringBitmap rows = new RoaringBitmap();
  private final KeyRows keys;
  private int capacity;
  private int end;
  private int[] free = new int[16];
  private int freeCount;

  /** Makes columns without rows. */
  public MemoryColumns(CollectionSchema schema) {
    this.schema = schema;
    for (FieldSchema field : schema.fields()) {
      if (field.dataType() != DataType.FLOAT_VECTOR) {
        columns.put(field.name(), column(field.dataType()));
      }
    }
    if (schema.dynamicField()) {
      columns.put(Scope.META, new JsonColumn());
    }
    this.keys = new KeyRows(column(schema.primaryKey().name()));
  }

  private static MemoryColumn column(DataType type) {
    return switch (type) {
      case INT8, INT16, INT32, INT64 -> new LongColumn();
      case FLOAT, DOUBLE -> new DoubleColumn();
      case BOOL -> new BooleanColumn();
      case VARCHAR -> new TextColumn();
      case ARRAY -> new ArrayColumn();
      case JSON -> new JsonColumn();
      case FLOAT_VECTOR -> throw new IllegalArgumentException("a vector is not a column");
    };
  }

  /**
   * Puts an entity into a free row; there must be none of its key.
   *
   * @param key the primary key
   * @param fields the values of the other fields; those that the schema does not name go into the
   *     dynamic field, and a value for the vector is passed over
   * @return the row
   * @throws IllegalArgumentException if a value is not one of its field, or is missing where it may
   *     not be, or is of a field that does not exist, or if the key is there already; nothing is
   *     changed then
   */
  public int append(Object key, Map<String, ? extends @Nullable Object> fields) {
    return appendConforming(schema.primaryKey().canonical(key), checked(fields));
  }

  /**
   * As {@link #append}, of key and fields in their canonical forms, which are not looked at again.
   *
   * @throws IllegalArgumentException if the key is there already
   */
  public int appendConforming(Object key, Map<String, ? extends @Nullable Object> fields) {
    checkFree(key, KeyRows.ABSENT);
    int row = freeCount > 0 ? free[--freeCount] : end++;
    if (row == capacity) {
      capacity = Math.max(16, capacity + (capacity >> 1));
      columns.values().forEach(column -> column.grow(capacity));
    }
    set(row, key, fields);
    rows.add(row);
    return row;
  }

  /**
   * Puts another entity in the place of the one in a row.
   *
   * @throws IllegalArgumentException as {@link #append}, and if the row holds no entity
   */
  public void overwrite(int row, Object key, Map<String, ? extends @Nullable Object> fields) {
    overwriteConforming(row, schema.primaryKey().canonical(key), checked(fields));
  }

  /**
   * As {@link #overwrite}, by key and fields in their canonical forms, which are not looked at
   * again.
   *
   * @throws IllegalArgumentException if the row holds no entity, or another has the key
   */
  public void overwriteConforming(
      int row, Object key, Map<String, ? extends @Nullable Object> fields) {
    checkHeld(row);
    checkFree(key, row);
    keys.remove(row);
    columns.values().forEach(column -> column.clear(row));
    set(row, key, fields);
  }

  /**
   * Takes the entity out of a row.
   *
   * @throws IllegalArgumentException if the row holds no entity
   */
  public void delete(int row) {
    checkHeld(row);
    keys.remove(row);
    columns.values().forEach(column -> column.clear(row));
    rows.remove(row);
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = row;
  }

  private void checkHeld(int row) {
    if (row < 0 || !rows.contains(row)) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\": row " + row + " holds no entity");
    }
  }

  /** Refuses a key that another row than the one to be written holds. */
  private void checkFree(Object key, int row) {
    int held = keys.find(key);
    if (held != KeyRows.ABSENT && held != row) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\": row " + held + " holds the key " + key);
    }
  }

  private void set(int row, Object key, Map<String, ? extends @Nullable Object> fields) {
    present(schema.primaryKey().name()).set(row, key);
    for (FieldSchema field : schema.payload()) {
      present(field.name()).set(row, fields.get(field.name()));
    }
    if (schema.dynamicField()) {
      present(Scope.META).set(row, others(fields));
    }
    keys.add(row);
  }

  private MemoryColumn present(String name) {
    return Objects.requireNonNull(columns.get(name));
  }

  private Map<String, @Nullable Object> others(Map<String, ? extends @Nullable Object> fields) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(fields);
    schema.fields().forEach(field -> others.remove(field.name()));
    return others;
  }

  /**
   * Returns the primary key of the entity in a row, a Long or a String.
   *
   * @throws IllegalArgumentException if the row holds no entity
   */
  public Object key(int row) {
    checkHeld(row);
    return keys.key(row);
  }

  @Override
  public int row(Object key) {
    return keys.find(key);
  }

  private Map<String, @Nullable Object> checked(Map<String, ? extends @Nullable Object> fields) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldSchema field : schema.payload()) {
      values.put(field.name(), field.stored(fields.get(field.name())));
    }
    Map<String, @Nullable Object> others = others(fields);
    if (!others.isEmpty() && !schema.dynamicField()) {
      throw new IllegalArgumentException(
          "collection \""
              + schema.name()
              + "\": unknown fields "
              + others.keySet()
              + "; it has "
              + columns.keySet());
    }
    others.forEach((name, value) -> values.put(name, JSON.canonical(value)));
    return values;
  }

  @Override
  public RoaringBitmap rows() {
    return rows;
  }

  @Override
  public Column column(String field) {
    MemoryColumn column = columns.get(field);
    if (column == null) {
      throw new IllegalArgumentException(
          "collection \""
              + schema.name()
              + "\": no column \""
              + field
              + "\"; it has "
              + columns.keySet());
    }
    return column;
  }
}
