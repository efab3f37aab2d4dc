/** Personal recommendations from a two-tower model, inside the application. */
module dev.recsys {
  requires ai.djl.api;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.csv;
  requires com.google.common;
  requires transitive dev.recsys.index;
  requires static info.picocli;
  requires static micrometer.core;
  requires static transitive org.jspecify;
  requires java.net.http;
  requires org.slf4j;
  requires static me.tongfei.progressbar;

  exports dev.recsys;
  exports dev.recsys.data;
  exports dev.recsys.eval;
  exports dev.recsys.features;
  exports dev.recsys.model;

  opens dev.recsys.cli to
      info.picocli;

  // Records of settings and progress become JSON.
  opens dev.recsys.model to
      com.fasterxml.jackson.databind;
}
