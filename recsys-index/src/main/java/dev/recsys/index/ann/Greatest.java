package dev.recsys.index.ann;

/** The greatest few of a stream of numbers, in a heap with the least of them at the root. */
final class Greatest {
  private float[] heap = {};
  private int capacity;
  private int size;

  /** Starts anew. */
  void begin(int count) {
    if (heap.length < count) {
      heap = new float[count];
    }
    capacity = count;
    size = 0;
  }

  /** Returns the least of as many as were asked for, or negative infinity if there are fewer. */
  float least() {
    return size < capacity ? Float.NEGATIVE_INFINITY : heap[0];
  }

  void offer(float value) {
    if (size < capacity) {
      int at = size++;
      for (int parent = (at - 1) >> 1; at > 0 && heap[parent] > value; parent = (at - 1) >> 1) {
        heap[at] = heap[parent];
        at = parent;
      }
      heap[at] = value;
    } else if (value > heap[0]) {
      replaceLeast(value);
    }
  }

  private void replaceLeast(float value) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}
