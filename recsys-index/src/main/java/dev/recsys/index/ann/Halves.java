package dev.recsys.index.ann;

import java.util.Arrays;

/** Some points parted in two by place (2-means), neither part less than a quarter of them. */
final class Halves {
  private static final int ROUNDS = 4;

  private final float[] points;
  private final int components;
  private final int count;
  private final float[][] centers;
  private final float[] leaning;
  private final boolean[] second;

  /** Parts points that lie end to end. */
  Halves(float[] points, int components) {
    this.points = points;
    this.components = components;
    this.count = points.length / components;
    this.leaning = new float[count];
    this.second = new boolean[count];
    int one = farthest(0);
    this.centers = new float[][] {point(one), point(farthest(one))};
    for (int round = 0; round < ROUNDS; round++) {
      assign();
      center(centers[0], false);
      center(centers[1], true);
    }
  }

  private float[] point(int i) {
    return Arrays.copyOfRange(points, i * components, (i + 1) * components);
  }

  private int farthest(int from) {
    float most = -1;
    int farthest = from;
    for (int i = 0; i < count; i++) {
      float distance =
          Kernels.BEST.squaredL2(points, from * components, points, i * components, components);
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    return farthest;
  }

  private void assign() {
    int seconds = 0;
    for (int i = 0; i < count; i++) {
      int at = i * components;
      leaning[i] =
          Kernels.BEST.squaredL2(centers[0], 0, points, at, components)
              - Kernels.BEST.squaredL2(centers[1], 0, points, at, components);
      second[i] = leaning[i] > 0;
      seconds += second[i] ? 1 : 0;
    }
    int least = count / 4;
    if (seconds < least || count - seconds < least) {
      cut(seconds < least ? count - least : least);
    }
  }

  /** Gives the first part the points that lean to it most, and of equals the first. */
  private void cut(int firsts) {
    float[] sorted = leaning.clone();
    Arrays.sort(sorted);
    float limit = sorted[firsts - 1];
    int left = firsts;
    for (int i = 0; i < count; i++) {
      second[i] = !(leaning[i] < limit);
      left -= second[i] ? 0 : 1;
    }
    for (int i = 0; i < count && left > 0; i++) {
      if (leaning[i] == limit) {
        second[i] = false;
        left--;
      }
    }
  }

  private void center(float[] center, boolean side) {
    Arrays.fill(center, 0);
    int members = 0;
    for (int i = 0; i < count; i++) {
      if (second[i] == side) {
        members++;
        for (int c = 0; c < components; c++) {
          center[c] += points[i * components + c];
        }
      }
    }
    for (int c = 0; c < components; c++) {
      center[c] /= Math.max(1, members);
    }
  }

  /** Returns the part of a point, 0 or 1. */
  int side(int point) {
    return second[point] ? 1 : 0;
  }

  /** Returns the mean of a part. */
  float[] center(int side) {
    return centers[side];
  }
}
