package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A block whose parameters have names that are unique in the whole model and start from given
 * weights, never from DJL's initialisers.
 */
abstract class NamedBlock extends AbstractBlock {
  private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();

  /** Declares a parameter; {@link #setWeights} gives it its array. */
  final Parameter declare(ParameterSpec spec) {
    specs.put(spec.name(), spec);
    return addParameter(
        Parameter.builder().setName(spec.name()).setType(Parameter.Type.WEIGHT).build());
  }

  /** Adds a part, whose parameters become part of this block's. */
  final <B extends NamedBlock> B add(B child) {
    specs.putAll(child.specs());
    return addChildBlock("", child);
  }

  /** The parameters of this block and its parts, by name. */
  final Map<String, ParameterSpec> specs() {
    return specs;
  }

  /** All parameters, as DJL holds them. */
  final List<Parameter> all() {
    return getParameters().values();
  }

  /** Gives every parameter its array, once, owned by the manager. */
  final void setWeights(NDManager manager, Map<String, Tensor> weights, boolean training) {
    for (Parameter parameter : all()) {
      Tensor weight = weights.get(parameter.getName());
      if (weight == null) {
        throw new IllegalArgumentException("no weights for " + parameter.getName());
      }
      int[] shape = weight.shape();
      parameter.setArray(manager.create(weight.floats(), new Shape(shape[0], shape[1])));
    }
    if (training) {
      initialize(manager, DataType.FLOAT32, new Shape(1));
    } else {
      freezeParameters(true);
    }
  }

  static NDArray value(ParameterStore store, Parameter parameter, NDArray like, boolean training) {
    return store.getValue(parameter, like.getDevice(), training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException("the shapes follow from the parameters");
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    for (Block child : getChildren().values()) {
      child.initialize(manager, dataType, inputShapes);
    }
  }
}
