package dev.recsys.index.ann;

import java.lang.invoke.VarHandle;
import java.util.function.LongPredicate;

/**
 * What one thread works with while it walks the graph: query, candidates, marks and buffers, all
 * kept for the next walk.
 */
final class Traversal {
  /** How many rejected slots may be waiting to be walked through. */
  private static final int MAX_WAITING = 1 << 10;

  /** Fewer accepted neighbours than these are looked for further out. */
  private static final int FEW = 2;

  /** From so many tests on the accepted part is known well enough. */
  private static final int MIN_TESTED = 1 << 9;

  /** A filtered walk tests so many ids a candidate and accepted part, in tests of a scan. */
  private static final int WORK = 20;

  final GraphQuery query = new GraphQuery();
  final CellSearch cells = new CellSearch();
  final Candidates candidates = new Candidates();
  final float[] vector;
  final float[] row;
  private final Visited visited = new Visited();
  private final Visited walked = new Visited();
  private final int width;
  private final int[] fresh;
  private final int[] rejected;
  private final float[] scores;
  private int[] looked = {};
  private int waiting;
  private int tested;
  private int accepted;
  int scored;

  /** Whether the candidates are all slots that the filter accepts. */
  boolean complete;

  Traversal(int dimension, int m) {
    this.vector = new float[dimension];
    this.row = new float[dimension];
    this.width = 2 * m;
    this.fresh = new int[2 * width];
    this.rejected = new int[MAX_WAITING];
    this.scores = new float[2 * width];
  }

  private float score(Graph graph, int slot) {
    fresh[0] = slot;
    graph.codes.score(query, fresh, 1, scores);
    scored++;
    return scores[0];
  }

  /** Goes to ever nearer slots on each level above {@code to} and returns the last. */
  int descend(Graph graph, int entry, int from, int to) {
    int nearest = entry;
    float best = score(graph, entry);
    for (int level = from; level > to; level--) {
      for (boolean nearer = true; nearer; ) {
        nearer = false;
        int count = linksOf(graph, nearest, level);
        graph.codes.score(query, fresh, count, scores);
        scored += count;
        for (int i = 0; i < count; i++) {
          if (scores[i] > best) {
            best = scores[i];
            nearest = fresh[i];
            nearer = true;
          }
        }
      }
    }
    return nearest;
  }

  private int linksOf(Graph graph, int slot, int level) {
    int[] links = graph.links(slot, level);
    int at = graph.at(slot, level);
    int count = 0;
    for (int i = at; i < at + graph.m && i < links.length; i++) {
      // read once: a writer may take the link away
      int link = links[i];
      if (link < 0) {
        break;
      }
      if (link < graph.capacity) {
        fresh[count++] = link;
      }
    }
    VarHandle.acquireFence();
    return count;
  }

  /** Starts to fill the candidates from elsewhere, by {@link #take}. */
  void collect(Graph graph, int ef) {
    visited.reset(graph.capacity);
    candidates.reset(ef);
  }

  /** Fills the candidates with the best of few accepted ids. */
  void few(LiveGraph live, Graph graph, IdSet ids, int ef) {
    if (looked.length < ids.size()) {
      looked = new int[ids.size()];
    }
    few(graph, looked, live.slots.find(ids, looked), ef);
  }

  /** Fills the candidates with the best of the first slots of an array. */
  void few(Graph graph, int[] slots, int count, int ef) {
    graph.codes.query(vector, query);
    collect(graph, ef);
    take(graph, slots, count);
    complete = candidates.size() == count;
  }

  /** Scores those of some slots that are there and new, and offers them. */
  void take(Graph graph, int[] slots, int count) {
    for (int from = 0; from < count; from += fresh.length) {
      int to = Math.min(count, from + fresh.length);
      int kept = 0;
      for (int i = from; i < to; i++) {
        if (visited.mark(slots[i])) {
          fresh[kept++] = slots[i];
        }
      }
      offer(graph, kept);
    }
  }

  /** Offers those of some slots that are there and new, by scores that are known. */
  void take(int[] slots, float[] known, int count) {
    for (int i = 0; i < count; i++) {
      if (visited.mark(slots[i])) {
        candidates.offer(known[i], slots[i]);
        scored++;
      }
    }
  }

  /** Fills the candidates with the {@code ef} nearest that a walk from a slot finds on a level. */
  void explore(Graph graph, int start, int level, int ef) {
    begin(graph, start, ef);
    for (int slot = candidates.follow(); slot >= 0; slot = candidates.follow()) {
      int count =
          visited.markAll(
              graph.links(slot, level), graph.at(slot, level), graph.width(level), fresh);
      offer(graph, count);
    }
  }

  private void begin(Graph graph, int start, int ef) {
    visited.reset(graph.capacity);
    candidates.reset(ef);
    visited.mark(start);
    candidates.offer(score(graph, start), start);
  }

  private void offer(Graph graph, int count) {
    // links are written after what they lead to
    VarHandle.acquireFence();
    graph.codes.score(query, fresh, count, scores);
    scored += count;
    for (int i = 0; i < count; i++) {
      candidates.offer(scores[i], fresh[i]);
    }
  }

  /**
   * Fills the candidates with accepted slots only, besides the first. One that is rejected is
   * walked through: its links stand for it, and theirs, until the accepted part of the graph has
   * about the degree of the whole (after ACORN, Patel et al., SIGMOD 2024).
   *
   * @return whether the walk kept as many candidates as it may, and was less work than a scan
   */
  boolean explore(Graph graph, Slots slots, int start, int ef, LongPredicate accept) {
    begin(graph, start, ef);
    walked.reset(graph.capacity);
    tested = 0;
    accepted = 0;
    int size = slots.size();
    for (int slot = candidates.follow(); slot >= 0; slot = candidates.follow()) {
      offer(graph, acceptedAround(graph, slots, slot, accept));
      if (tested > MIN_TESTED && (double) WORK * ef * (tested + 1) / (accepted + 1) > size) {
        return false;
      }
    }
    return candidates.size() == ef;
  }

  /**
   * Collects the accepted slots around one: its neighbours, and those behind as many rejected ones
   * as make up for them; from further out only where there are hardly any.
   */
  private int acceptedAround(Graph graph, Slots slots, int slot, LongPredicate accept) {
    waiting = 0;
    int found = accepted(graph, slots, slot, accept, 0);
    int near = waiting;
    int walks = 1 + (tested - accepted) / (accepted + 1);
    for (int i = 0; i < waiting && found <= width; i++) {
      if (((i < near && walks > 0) || found < FEW) && walked.mark(rejected[i])) {
        found = accepted(graph, slots, rejected[i], accept, found);
        walks--;
      }
    }
    return found;
  }

  /** Appends the links of a slot that are new and accepted to those found so far. */
  private int accepted(Graph graph, Slots slots, int slot, LongPredicate accept, int sofar) {
    int[] links = graph.links(slot, 0);
    int at = graph.at(slot, 0);
    int found = sofar;
    for (int i = at; i < at + width; i++) {
      int link = links[i];
      if (link < 0) {
        break;
      }
      VarHandle.acquireFence();
      if (visited.mark(link)) {
        tested++;
        if (accept.test(slots.id(link))) {
          walked.mark(link);
          accepted++;
          fresh[found++] = link;
          continue;
        }
      }
      if (waiting < rejected.length) {
        rejected[waiting++] = link;
      }
    }
    return found;
  }
}
