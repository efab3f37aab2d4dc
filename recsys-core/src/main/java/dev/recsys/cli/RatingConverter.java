package dev.recsys.cli;

import dev.recsys.data.Rating;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rating as it is typed: the item's id, a colon, the stars. */
final class RatingConverter implements ITypeConverter<Rating> {
  @Override
  public Rating convert(String text) {
    int colon = text.indexOf(':');
    try {
      if (colon < 0) {
        throw new NumberFormatException();
      }
      long item = Long.parseLong(text.substring(0, colon).strip());
      return Rating.of(item, Double.parseDouble(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected ID:STARS, such as 1193:5, got '" + text + "'");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
