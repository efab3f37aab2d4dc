package dev.recsys.model;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder;
import java.util.ArrayList;
import java.util.List;

/** Builds the blocks that a schema, its vocabularies and the settings ask for. */
final class Architecture {
  private Architecture() {}

  static FusionBlock block(FeatureEncoder encoder, TowerSettings settings) {
    return new FusionBlock(users(encoder, settings), items(encoder, settings), settings.plain());
  }

  static Tower users(FeatureEncoder encoder, TowerSettings settings) {
    List<Branch> branches = new ArrayList<>();
    branches.add(
        new CategoryBranch(
            ParameterNames.USER, encoder.userRows(), settings.idDimension(), settings));
    for (Attribute attribute : encoder.schema().userAttributes()) {
      branches.add(
          category(
              encoder,
              ParameterNames.branch(ParameterNames.USER, attribute.name()),
              attribute,
              settings));
    }
    return new Tower(ParameterNames.USER, settings, branches);
  }

  static Tower items(FeatureEncoder encoder, TowerSettings settings) {
    List<Branch> branches = new ArrayList<>();
    branches.add(
        new CategoryBranch(
            ParameterNames.ITEM, encoder.itemRows(), settings.idDimension(), settings));
    for (Attribute attribute : encoder.schema().itemAttributes()) {
      String name = ParameterNames.branch(ParameterNames.ITEM, attribute.name());
      switch (attribute.kind()) {
        case CATEGORICAL -> branches.add(category(encoder, name, attribute, settings));
        case MULTI_VALUED -> branches.add(new BagBranch(name, rows(encoder, attribute), settings));
        case TEXT -> branches.add(new TextBranch(name, rows(encoder, attribute), settings));
        case NUMERIC -> {
          if (!settings.plain()) {
            branches.add(new NumberBranch(name, settings));
          }
        }
      }
    }
    return new Tower(ParameterNames.ITEM, settings, branches);
  }

  private static Branch category(
      FeatureEncoder encoder, String name, Attribute attribute, TowerSettings settings) {
    return new CategoryBranch(
        name, rows(encoder, attribute), settings.categoryDimension(), settings);
  }

  private static int rows(FeatureEncoder encoder, Attribute attribute) {
    return encoder.vocabulary(attribute.name()).size();
  }
}
