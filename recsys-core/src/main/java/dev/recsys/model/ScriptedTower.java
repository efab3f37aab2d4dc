package dev.recsys.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A TorchScript tower, run by PyTorch. Safe for many threads; kept as long as the JVM runs. */
final class ScriptedTower {
  private final Path file;
  private final Model model;
  private final ParameterStore store;

  /**
   * Loads the script, which is code and may do anything.
   *
   * @throws ModelFormatException when the file is missing or PyTorch does not take it
   * @throws IllegalStateException when PyTorch does not start
   */
  ScriptedTower(Path file) {
    this.file = file;
    String engine = PyTorch.engine().getEngineName();
    this.model = Model.newInstance(String.valueOf(file.getFileName()), Device.cpu(), engine);
    try (InputStream in = Files.newInputStream(file)) {
      model.load(in);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    } catch (MalformedModelException | EngineException e) {
      throw new ModelFormatException(file, "is no TorchScript that PyTorch reads", e);
    }
    this.store = new ParameterStore(model.getNDManager(), false);
  }

  /**
   * Runs the tower.
   *
   * @param inputs made with the manager
   * @param count of vectors expected
   * @return the vectors, one after the other
   * @throws ModelFormatException when the script fails, or gives something else than {@code count}
   *     finite vectors
   */
  float[] vectors(int count, Function<NDManager, NDList> inputs) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList output = model.getBlock().forward(store, inputs.apply(manager), false);
      output.attach(manager);
      Shape shape = output.singletonOrThrow().getShape();
      if (shape.dimension() != 2 || shape.get(0) != count || shape.get(1) < 1) {
        throw new ModelFormatException(file, "vectors of the shape (" + count + ", n)", shape);
      }
      return Tensor.of(output.head().toFloatArray(), count, (int) shape.get(1))
          .finiteFloats("vectors");
    } catch (EngineException | IllegalArgumentException | IllegalStateException e) {
      throw new ModelFormatException(file, "the tower fails: " + e.getMessage(), e);
    }
  }
}
