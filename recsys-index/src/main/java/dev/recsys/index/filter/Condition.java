package dev.recsys.index.filter;

import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * A condition that was checked against a schema. Immutable; evaluated over columns with Kleene's
 * three values, as SQL does: what one part decides, another that is unknown does not change.
 */
sealed interface Condition
    permits Condition.All, Condition.Any, Condition.Opposite, Condition.Whole, Leaf {

  /** Returns the truth for the candidates; all other rows are in neither bitmap. */
  Truth evaluate(Columns columns, RoaringBitmap candidates);

  /** Returns what it costs over these columns, as a rank: what an index answers is 0. */
  int cost(Columns columns);

  /** What every entity satisfies. */
  record Whole() implements Condition {
    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      return Truth.known(candidates);
    }

    @Override
    public int cost(Columns columns) {
      return 0;
    }
  }

  /** The conjunction: the cheapest first, each over what the ones before have left. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      RoaringBitmap open = candidates;
      RoaringBitmap unknown = Truth.NOWHERE.unknown();
      for (Condition part : cheapestFirst(parts, columns)) {
        if (open.isEmpty()) {
          return Truth.NOWHERE;
        }
        Truth truth = part.evaluate(columns, open);
        open = union(truth.yes(), truth.unknown());
        if (!unknown.isEmpty()) {
          unknown = RoaringBitmap.and(unknown, open);
        }
        unknown = union(unknown, truth.unknown());
      }
      return new Truth(without(open, unknown), unknown);
    }

    @Override
    public int cost(Columns columns) {
      return most(parts, columns);
    }
  }

  /** The disjunction: the cheapest first, each over what the ones before have not found. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      RoaringBitmap left = candidates;
      RoaringBitmap unknown = Truth.NOWHERE.unknown();
      RoaringBitmap yes = new RoaringBitmap();
      for (Condition part : cheapestFirst(parts, columns)) {
        if (left.isEmpty()) {
          break;
        }
        Truth truth = part.evaluate(columns, left);
        yes.or(truth.yes());
        left = without(left, truth.yes());
        unknown = union(unknown, truth.unknown());
      }
      return new Truth(yes, without(unknown, yes));
    }

    @Override
    public int cost(Columns columns) {
      return most(parts, columns);
    }
  }

  /** The negation. */
  record Opposite(Condition part) implements Condition {
    @Override
    public Truth evaluate(Columns columns, RoaringBitmap candidates) {
      Truth truth = part.evaluate(columns, candidates);
      RoaringBitmap rest = without(candidates, truth.yes());
      return new Truth(without(rest, truth.unknown()), truth.unknown());
    }

    @Override
    public int cost(Columns columns) {
      return part.cost(columns);
    }
  }

  private static List<Condition> cheapestFirst(List<Condition> parts, Columns columns) {
    List<Condition> ordered = new ArrayList<>(parts.size());
    for (int cost = 0; ordered.size() < parts.size(); cost++) {
      for (Condition part : parts) {
        if (part.cost(columns) == cost) {
          ordered.add(part);
        }
      }
    }
    return ordered;
  }

  private static int most(List<Condition> parts, Columns columns) {
    int most = 0;
    for (Condition part : parts) {
      most = Math.max(most, part.cost(columns));
    }
    return most;
  }

  private static RoaringBitmap union(RoaringBitmap left, RoaringBitmap right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    return RoaringBitmap.or(left, right);
  }

  private static RoaringBitmap without(RoaringBitmap rows, RoaringBitmap taken) {
    return taken.isEmpty() ? rows : RoaringBitmap.andNot(rows, taken);
  }
}
