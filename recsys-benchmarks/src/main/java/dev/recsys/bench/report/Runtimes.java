package dev.recsys.bench.report;

/** What a program runs on, in words. */
final class Runtimes {
  private Runtimes() {}

  /** Returns the version of Java, and whether it was started with the Vector API. */
  static String name() {
    boolean simd = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return "Java " + Runtime.version().feature() + (simd ? " with Vector API" : "");
  }
}
