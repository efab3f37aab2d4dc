package dev.recsys.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts PyTorch. Training comes here; loading and serving never do. */
final class PyTorch {
  private static final String NAME = "PyTorch";

  /** Held while training: PyTorch's gradients and its random numbers are the JVM's. */
  static final ReentrantLock TRAINING = new ReentrantLock();

  /** A GPU where DJL finds one, else the CPU. */
  static final String AUTO = "auto";

  private static final String CPU = "cpu";
  private static final Pattern GPU = Pattern.compile("gpu([0-9]{0,3})");

  private PyTorch() {}

  /**
   * Checks a device's name.
   *
   * @throws IllegalArgumentException when it is none
   */
  static void requireDeviceName(String name) {
    if (!name.equals(AUTO) && !name.equals(CPU) && !GPU.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "device must be auto, cpu, gpu or gpu and a number, not \"" + name + "\"");
    }
  }

  /**
   * Finds a device by its name.
   *
   * @throws IllegalStateException when DJL finds no such GPU, or PyTorch does not start
   */
  static Device device(String name) {
    int found = engine().getGpuCount();
    if (name.equals(CPU) || (name.equals(AUTO) && found == 0)) {
      return Device.cpu();
    }
    Matcher gpu = GPU.matcher(name);
    int number = gpu.matches() && !gpu.group(1).isEmpty() ? Integer.parseInt(gpu.group(1)) : 0;
    if (number >= found) {
      throw new IllegalStateException(
          "device %s: DJL finds %d GPUs; a GPU needs its driver and DJL's pytorch-native for it"
              .formatted(name, found));
    }
    return Device.gpu(number);
  }

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
          "PyTorch does not start: training needs ai.djl.pytorch:pytorch-engine,"
              + " pytorch-jni and pytorch-native-cpu for this platform on the class path ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
