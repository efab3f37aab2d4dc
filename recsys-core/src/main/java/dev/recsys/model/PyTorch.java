package dev.recsys.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Starts PyTorch. Training and encoding items come here; loading and serving never do. */
final class PyTorch {
  private static final String NAME = "PyTorch";

  /** Held while training: PyTorch's gradients and its random numbers are the JVM's. */
  static final ReentrantLock TRAINING = new ReentrantLock();

  private PyTorch() {}

  /**
   * Returns the engine, which the first call starts: without downloads and telemetry, with a thread
   * less than there are cores, unless the application's system properties say otherwise. PyTorch's
   * threads spin while they wait for each other, so that a step as wide as the machine stands still
   * whenever anything else, the garbage collector say, takes a core.
   *
   * @throws IllegalStateException when PyTorch is not on the class path or does not start
   */
  static Engine engine() {
    int cores = Runtime.getRuntime().availableProcessors();
    String threads = Integer.toString(Math.max(1, cores - 1));
    Map.of(
            "ai.djl.offline",
            "true",
            "OPT_OUT_TRACKING",
            "true",
            "ai.djl.pytorch.num_threads",
            threads,
            "ai.djl.pytorch.num_interop_threads",
            threads)
        .forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    try {
      return Engine.getEngine(NAME);
    } catch (EngineException | IllegalArgumentException | LinkageError e) {
      throw new IllegalStateException(
          "PyTorch does not start: training and encoding items need ai.djl.pytorch:pytorch-engine,"
              + " pytorch-jni and pytorch-native-cpu for this platform on the class path ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
