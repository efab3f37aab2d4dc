package dev.recsys.bench;

import org.openjdk.jmh.annotations.Benchmark;

public class Probe {
  @Benchmark
  public double sum() {
    return Math.sin(3);
  }
}
