package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Arithmetic;
import dev.recsys.index.filter.Expr.Constant;
import dev.recsys.index.filter.Expr.Prefixed;
import org.jspecify.annotations.Nullable;

/** Arithmetic on constants, done once. */
final class Folding {
  private Folding() {}

  /**
   * Returns the value of arithmetic on nothing but numbers, null where it is not that or has no
   * value.
   */
  static @Nullable Object constant(Expr expr) {
    Cell cell = new Cell();
    if (!fold(expr, cell) || !cell.isNumber()) {
      return null;
    }
    if (cell.kind == Cell.Kind.INTEGER) {
      return cell.integer;
    }
    return Double.isFinite(cell.real) ? cell.real : null;
  }

  private static boolean fold(Expr expr, Cell out) {
    if (expr instanceof Constant constant) {
      out.setObject(constant.value());
      return out.isNumber();
    }
    if (expr instanceof Prefixed prefixed && fold(prefixed.operand(), out)) {
      return prefixed.operator().apply(out);
    }
    if (expr instanceof Arithmetic arithmetic) {
      Cell right = new Cell();
      if (fold(arithmetic.left(), out) && fold(arithmetic.right(), right)) {
        boolean whole = out.kind == Cell.Kind.INTEGER && right.kind == Cell.Kind.INTEGER;
        arithmetic.operator().apply(out, right, out);
        return (whole || !arithmetic.operator().integersOnly()) && out.isNumber();
      }
    }
    return false;
  }
}
