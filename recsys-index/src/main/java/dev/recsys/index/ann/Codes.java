package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * The codes of the rows of an index: groups of 256, and for every slot of {@link Rows} its place in
 * them. Follows the rows through appends, overwrites and removals, each time with the work of one
 * vector, or of its group if it does not fit the scale of that. One writer; readers beside it see
 * what was there when they were handed the object.
 */
final class Codes {
  private static final int ABSENT = -1;

  /** How far above the first vector's the scale of a group begins that fills one by one. */
  private static final double FIRST_HEADROOM = 1.25;

  private static final double HEADROOM = 1.1;

  private final CodeSpace space;
  private final Rows rows;
  private final float[] row;
  private final float[] work;
  private final double[] turned;
  private final double[] segmentNorms;
  private CodeGroup[] groups = new CodeGroup[4];
  private int groupCount;
  private int[] places = new int[0];
  private int[] freePlaces = new int[16];
  private int freeCount;

  Codes(CodeSpace space, Rows rows) {
    this.space = space;
    this.rows = rows;
    this.turned = new double[space.components()];
    this.row = new float[rows.dimension()];
    this.work = new float[space.components()];
    this.segmentNorms = new double[Kernels.segments(space.components())];
  }

  /**
   * Takes over groups.
   *
   * @return false unless every row has one place in them
   */
  boolean adopt(CodeGroup[] made, double[] norms) {
    groups = made.length == 0 ? groups : made;
    groupCount = made.length;
    System.arraycopy(norms, 0, segmentNorms, 0, norms.length);
    int placed = 0;
    for (int place = groupCount * CodeGroup.SIZE - 1; place >= 0; place--) {
      int slot = groups[place / CodeGroup.SIZE].slots[place % CodeGroup.SIZE];
      if (slot == CodeGroup.FREE) {
        release(place);
      } else if (slot < 0 || slot >= rows.size() || holds(slot)) {
        return false;
      } else {
        setPlace(slot, place);
        placed++;
      }
    }
    return placed == rows.size();
  }

  /** Returns a copy of the bounds of each segment. */
  double[] segmentNorms() {
    return segmentNorms.clone();
  }

  CodeSpace space() {
    return space;
  }

  int groupCount() {
    return groupCount;
  }

  /** Returns a copy of the list of groups. */
  CodeGroup[] groups() {
    return Arrays.copyOf(groups, groupCount);
  }

  CodeGroup group(int group) {
    return groups[group];
  }

  /** Returns a bound of the length of any vector's codes in one segment of components. */
  double segmentNorm(int segment) {
    return segmentNorms[segment];
  }

  boolean holds(int slot) {
    return slot < places.length && places[slot] != ABSENT;
  }

  /** Codes up to 256 slots as one group at the scale that suits them best. */
  void append(int[] slots) {
    CodeGroup group = newGroup();
    for (int slot : slots) {
      turn(slot);
      group.widen(turned, 1);
    }
    int first = (groupCount - 1) * CodeGroup.SIZE;
    for (int i = 0; i < slots.length; i++) {
      turn(slots[i]);
      group.put(i, slots[i], turned, segmentNorms);
      setPlace(slots[i], first + i);
    }
    for (int i = CodeGroup.SIZE; i > slots.length; ) {
      release(first + --i);
    }
  }

  private CodeGroup newGroup() {
    if (groupCount == groups.length) {
      groups = Arrays.copyOf(groups, 2 * groupCount);
    }
    groups[groupCount] = new CodeGroup(space.components());
    return groups[groupCount++];
  }

  private void turn(int slot) {
    rows.read(slot, row, 0);
    space.turn(row, work, turned);
  }

  private void setPlace(int slot, int place) {
    if (slot >= places.length) {
      int before = places.length;
      places = Arrays.copyOf(places, slot + (slot >> 1) + 16);
      Arrays.fill(places, before, places.length, ABSENT);
    }
    places[slot] = place;
  }

  private void release(int place) {
    if (freeCount == freePlaces.length) {
      freePlaces = Arrays.copyOf(freePlaces, 2 * freeCount);
    }
    freePlaces[freeCount++] = place;
  }

  /** Codes the row in a slot, which is new or has been overwritten. */
  void put(int slot) {
    turn(slot);
    if (!holds(slot)) {
      setPlace(slot, freePlace());
    }
    int place = places[slot];
    CodeGroup group = groups[place / CodeGroup.SIZE];
    group.slots[place % CodeGroup.SIZE] = slot;
    if (group.fits(turned)) {
      group.put(place % CodeGroup.SIZE, slot, turned, segmentNorms);
    } else {
      recode(group);
    }
  }

  private int freePlace() {
    if (freeCount == 0) {
      newGroup();
      for (int place = groupCount * CodeGroup.SIZE; place > (groupCount - 1) * CodeGroup.SIZE; ) {
        release(--place);
      }
    }
    return freePlaces[--freeCount];
  }

  private void recode(CodeGroup group) {
    group.widen(turned, group.scale() == 0 ? FIRST_HEADROOM : HEADROOM);
    group.resetBounds();
    for (int i = 0; i < CodeGroup.SIZE; i++) {
      if (group.slots[i] != CodeGroup.FREE) {
        turn(group.slots[i]);
        group.put(i, group.slots[i], turned, segmentNorms);
      }
    }
  }

  /** Drops the row in a slot, then takes the row in the last slot for the one in this. */
  void remove(int slot, int last) {
    if (holds(slot)) {
      int place = places[slot];
      groups[place / CodeGroup.SIZE].remove(place % CodeGroup.SIZE);
      release(place);
      places[slot] = ABSENT;
    }
    if (slot != last && holds(last)) {
      int place = places[last];
      groups[place / CodeGroup.SIZE].slots[place % CodeGroup.SIZE] = slot;
      setPlace(slot, place);
      places[last] = ABSENT;
    }
  }
}
