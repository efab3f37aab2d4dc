/**
 * The fusion model: two towers trained with DJL and PyTorch, served from a folded form in plain
 * Java.
 *
 * <p>Entry types: {@link dev.recsys.model.FusionTrainer} makes a {@link
 * dev.recsys.model.FusionModel} from a split data set; {@link
 * dev.recsys.model.FusionModel#load(java.nio.file.Path)} opens a saved one. Only training starts
 * PyTorch.
 *
 * <p>Does not belong here: feature schemas and their encoding, readers of data, metrics, vector
 * search.
 */
@NullMarked
package dev.recsys.model;

import org.jspecify.annotations.NullMarked;
