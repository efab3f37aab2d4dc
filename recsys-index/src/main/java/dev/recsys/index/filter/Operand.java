package dev.recsys.index.filter;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of an expression that was checked.
 *
 * @param plan how it is computed
 * @param fields the columns that this reads
 * @param constant its value if it is the same in every row, otherwise null
 * @param field the column that it is, whole, otherwise null
 */
record Operand(
    ValueType type,
    Value.Plan plan,
    Set<String> fields,
    @Nullable Object constant,
    @Nullable String field) {

  static Operand of(Object constant) {
    Value value = Value.constant(constant);
    return new Operand(ValueType.of(constant), columns -> value, Set.of(), constant, null);
  }

  /** Returns a value computed from columns. */
  static Operand of(ValueType type, Value.Plan plan, Set<String> fields) {
    return new Operand(type, plan, fields, null, null);
  }

  /** Returns the columns that these operands read. */
  static Set<String> fields(Operand... operands) {
    Set<String> fields = new HashSet<>();
    for (Operand operand : operands) {
      fields.addAll(operand.fields);
    }
    return Set.copyOf(fields);
  }

  /** Returns whether it is zero in every row. */
  boolean isZero() {
    return (constant instanceof Long number && number == 0)
        || (constant instanceof Double real && real == 0);
  }

  /** Returns this operand as it is compared with another: a constant takes 32 bits beside FLOAT. */
  Operand beside(Operand other) {
    if (!(constant instanceof Number number) || other.type != ValueType.FLOAT) {
      return this;
    }
    double rounded = number.floatValue();
    Value value = Value.constant(rounded);
    return new Operand(ValueType.FLOAT, columns -> value, fields, rounded, null);
  }
}
