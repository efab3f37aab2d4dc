package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** A condition without conditions inside. */
sealed interface Leaf extends Condition permits Leaf.Rows, Leaf.Elements, Leaf.Keys {
  /** What an index answers. */
  int INDEXED = 0;

  /** What reads every candidate. */
  int SCANNED = 1;

  /** What looks into JSON, or compares texts one by one. */
  int SLOW = 2;

  /**
   * A test of rows. Where it reads one column, and that keeps the rows of equal values together,
   * one row of each value is tested; otherwise every candidate is.
   *
   * @param fields the columns that are read
   * @param scanCost the cost without an index
   */
  record Rows(RowTest.Plan plan, Set<String> fields, int scanCost) implements Leaf {
    private static final int FEW = 64;

    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      if (candidates.isEmpty()) {
        return Truth.NOWHERE;
      }
      RowTest test = plan.open(columns);
      if (fields.isEmpty()) {
        return constant(test.test(candidates.first()), candidates);
      }
      Iterable<RoaringBitmap> groups = groups(columns);
      return groups == null || candidates.getCardinality() < FEW
          ? scan(test, candidates)
          : byGroup(test, groups, candidates);
    }

    private static Truth constant(int result, RoaringBitmap candidates) {
      RoaringBitmap none = Truth.NOWHERE.yes();
      return switch (result) {
        case RowTest.TRUE -> Truth.known(candidates);
        case RowTest.FALSE -> Truth.NOWHERE;
        default -> new Truth(none, candidates);
      };
    }

    private @Nullable Iterable<RoaringBitmap> groups(Columns columns) {
      return fields.size() == 1 ? columns.column(fields.iterator().next()).groups() : null;
    }

    @Override
    public int cost(Columns columns) {
      return fields.isEmpty() || groups(columns) != null ? INDEXED : scanCost;
    }

    private static Truth byGroup(
        RowTest test, Iterable<RoaringBitmap> groups, RoaringBitmap candidates) {
      List<RoaringBitmap> yes = new ArrayList<>();
      List<RoaringBitmap> others = new ArrayList<>();
      RoaringBitmap unknown = Truth.NOWHERE.unknown();
      long balance = 0;
      for (RoaringBitmap group : groups) {
        int result = test.test(group.first());
        balance += (result == RowTest.TRUE ? 1 : -1) * group.getLongCardinality();
        (result == RowTest.TRUE ? yes : others).add(group);
        if (result == RowTest.UNKNOWN) {
          unknown = RoaringBitmap.or(unknown, RoaringBitmap.and(group, candidates));
        }
      }
      // merging the smaller side touches fewer rows
      RoaringBitmap found =
          balance > 0
              ? RoaringBitmap.andNot(candidates, merged(others))
              : RoaringBitmap.and(candidates, merged(yes));
      return new Truth(found, unknown);
    }

    private static RoaringBitmap merged(List<RoaringBitmap> groups) {
      return switch (groups.size()) {
        case 0 -> Truth.NOWHERE.yes();
        case 1 -> groups.get(0);
        default -> FastAggregation.or(groups.iterator());
      };
    }

    private static Truth scan(RowTest test, RoaringBitmap candidates) {
      int rows = candidates.last() + 1;
      return candidates.getCardinality() >= rows / 4
          ? dense(test, rows, candidates)
          : sparse(test, candidates);
    }

    private static Truth dense(RowTest test, int rows, RoaringBitmap candidates) {
      long[] yes = new long[(rows + 63) >> 6];
      long[] unknown = new long[yes.length];
      test.scan(rows, yes, unknown);
      return new Truth(within(yes, candidates), within(unknown, candidates));
    }

    private static RoaringBitmap within(long[] bits, RoaringBitmap candidates) {
      RoaringBitmap rows = BitSetUtil.bitmapOf(bits);
      rows.and(candidates);
      return rows;
    }

    private static Truth sparse(RowTest test, RoaringBitmap candidates) {
      RoaringBitmapWriter<RoaringBitmap> yes = RoaringBitmapWriter.writer().get();
      RoaringBitmapWriter<RoaringBitmap> unknown = RoaringBitmapWriter.writer().get();
      candidates.forEach(
          (int row) -> {
            int result = test.test(row);
            if (result != RowTest.FALSE) {
              (result == RowTest.TRUE ? yes : unknown).add(row);
            }
          });
      return new Truth(yes.get(), unknown.get());
    }
  }

  /**
   * Whether the primary key is one of some: each is looked up, no row is read.
   *
   * @param keys Longs or Strings, as the key is
   */
  record Keys(List<Object> keys) implements Leaf {
    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      RoaringBitmap found = new RoaringBitmap();
      for (Object key : keys) {
        int row = columns.row(key);
        if (row >= 0 && candidates.contains(row)) {
          found.add(row);
        }
      }
      return Truth.known(found);
    }

    @Override
    public int cost(Columns columns) {
      return INDEXED;
    }
  }

  /**
   * Whether the arrays of a field have elements.
   *
   * @param elements in the class of the field's elements; one that no array can have is null
   */
  record Elements(String field, Wanted wanted, List<@Nullable Object> elements) implements Leaf {
    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      Columns.Lists arrays = (Columns.Lists) columns.column(field);
      RoaringBitmap unknown = RoaringBitmap.and(candidates, arrays.nulls());
      List<RoaringBitmap> found = new ArrayList<>(elements.size());
      for (Object element : elements) {
        RoaringBitmap rows = element == null ? new RoaringBitmap() : arrays.with(element);
        if (rows == null) {
          return Rows.scan(new ElementTest(arrays, wanted, elements), candidates);
        }
        found.add(rows);
      }
      RoaringBitmap yes = RoaringBitmap.andNot(candidates, unknown);
      if (wanted == Wanted.ALL) {
        found.forEach(yes::and);
      } else {
        yes.and(Rows.merged(found));
      }
      return new Truth(yes, unknown);
    }

    @Override
    public int cost(Columns columns) {
      Columns.Lists arrays = (Columns.Lists) columns.column(field);
      for (Object element : elements) {
        if (element != null && arrays.with(element) == null) {
          return SLOW;
        }
      }
      return INDEXED;
    }
  }
}
