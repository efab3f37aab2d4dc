package dev.recsys.features;

/** Any finite number. */
record NumberDomain() implements Domain {
  @Override
  public String canonical(String attribute, Object value) {
    return OpenDomain.text(number(attribute, value));
  }

  static double number(String attribute, Object value) {
    double number = parse(value);
    if (!Double.isFinite(number)) {
      throw Domain.refusal(attribute, "a finite number", value);
    }
    return number;
  }

  /** Returns the number that a value is or spells, NaN when it is none. */
  static double parse(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return Double.parseDouble(value.toString().strip());
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }
}
