package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;

/** Where a slot lies as {@link Cell}s see it: leading components, and a tail. For one thread. */
final class CellPoint {
  final float[] point;
  final float[] tail = new float[1];
  private final GraphQuery decoded = new GraphQuery();
  private final boolean distances;
  private final float lift;

  CellPoint(MetricType metric, int components, float lift) {
    this.point = new float[components];
    this.distances = metric == MetricType.L2;
    this.lift = lift;
  }

  /** Sets the point. */
  void decode(GraphCodes codes, int slot) {
    codes.query(slot, decoded);
    System.arraycopy(decoded.components, 0, point, 0, point.length);
  }

  /** Sets the tail that brings half the squared distance into the inner product, under L2. */
  void aim(GraphCodes codes, int slot, Cell cell) {
    tail[0] = distances ? (codes.bias(slot) + cell.halfSquare) / lift : 0;
  }
}
