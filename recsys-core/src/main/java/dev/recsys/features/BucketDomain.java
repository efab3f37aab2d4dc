package dev.recsys.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers from 0 on, each standing for the bucket it falls into. */
final class BucketDomain implements Domain {
  private final int[] lowerBounds;
  private final List<String> codes = new ArrayList<>();

  BucketDomain(String attribute, int... lowerBounds) {
    if (lowerBounds.length == 0) {
      throw new IllegalArgumentException("attribute \"" + attribute + "\": no buckets");
    }
    for (int i = 0; i < lowerBounds.length; i++) {
      if (lowerBounds[i] < 0 || (i > 0 && lowerBounds[i] <= lowerBounds[i - 1])) {
        throw new IllegalArgumentException(
            "attribute \"%s\": lower bounds must ascend from 0 or more, not %s"
                .formatted(attribute, Arrays.toString(lowerBounds)));
      }
      codes.add(Integer.toString(lowerBounds[i]));
    }
    this.lowerBounds = lowerBounds.clone();
  }

  @Override
  public String canonical(String attribute, Object value) {
    double number = NumberDomain.parse(value);
    if (!(number >= 0) || number == Double.POSITIVE_INFINITY) {
      String allowed = "a number of 0 or more (buckets from " + String.join(", ", codes) + ")";
      throw Domain.refusal(attribute, allowed, value);
    }
    int bucket = lowerBounds.length - 1;
    while (bucket > 0 && number < lowerBounds[bucket]) {
      bucket--;
    }
    return codes.get(bucket);
  }

  @Override
  public List<String> codes() {
    return List.copyOf(codes);
  }

  int[] lowerBounds() {
    return lowerBounds.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BucketDomain that && Arrays.equals(lowerBounds, that.lowerBounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lowerBounds);
  }
}
