package dev.recsys.index.filter;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The values of entities, field by field, in rows numbered from 0: what a filter is evaluated over.
 * A collection implements it; {@link MemoryColumns} is an implementation.
 *
 * <p>Nothing of it may change while a filter is evaluated. Bitmaps that it returns are read, never
 * changed. The methods that take a row are asked of rows below the greatest of {@link #rows()},
 * also of such as are not in it, and must answer anything then.
 */
public interface Columns {
  /** Returns the rows that hold an entity. */
  RoaringBitmap rows();

  /**
   * Returns the values of a field: {@link Longs} of an integer type, {@link Doubles} of FLOAT and
   * DOUBLE, {@link Booleans} of BOOL, {@link Texts} of VARCHAR, {@link Lists} of ARRAY, {@link
   * Json} of JSON and of the dynamic field, whose name is {@code $meta}.
   *
   * @throws IllegalArgumentException if there is no such field, or it is a vector
   */
  Column column(String field);

  /**
   * Returns the row of an entity, -1 if there is none.
   *
   * @param key the primary key, a Long or a String
   */
  int row(Object key);

  /** The values of one field. */
  interface Column {
    /** Returns whether the value is null; there is no other way to ask for it then. */
    boolean isNull(int row);

    /** Returns the rows whose value is null. */
    RoaringBitmap nulls();

    /**
     * Returns the rows that hold an entity, those of equal values together, those of null too; null
     * if the values are too many for that to pay, or have no equality.
     */
    @Nullable Iterable<RoaringBitmap> groups();
  }

  /** Integers of up to 64 bits. */
  interface Longs extends Column {
    /** Returns the value. */
    long get(int row);
  }

  /** Floating numbers; those of 32 bits are widened. */
  interface Doubles extends Column {
    /** Returns the value. */
    double get(int row);
  }

  /** Truth values. */
  interface Booleans extends Column {
    /** Returns the value. */
    boolean get(int row);
  }

  /** Texts, each of which has a code, small and not negative, for as long as a row holds it. */
  interface Texts extends Column {
    /** Returns the value. */
    String get(int row);

    /** Returns the code of the value. */
    int code(int row);

    /** Returns the code of a text, -1 if no row holds it. */
    int find(String text);
  }

  /** Arrays of one scalar type, whose elements are Long, Double, Boolean or String. */
  interface Lists extends Column {
    /** Returns the number of elements. */
    int length(int row);

    /** Returns an element, of 0 to the length. */
    Object get(int row, int index);

    /**
     * Returns the rows whose arrays have an element; null if there is no index that knows.
     *
     * @param element a value of the class of the elements
     */
    @Nullable RoaringBitmap with(Object element);
  }

  /**
   * Values of JSON: Map with String keys, List, String, Long, Double, Boolean, or null for what
   * JSON calls null.
   */
  interface Json extends Column {
    /** Returns the value. */
    @Nullable Object get(int row);
  }
}
