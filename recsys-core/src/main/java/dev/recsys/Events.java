package dev.recsys;

import dev.recsys.model.FusionModel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a recommender tells the application's log, with fields of fixed names. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Recommender.class);

  private Events() {}

  static void serving(FusionModel model, long items, long nanosBefore) {
    LOG.atInfo()
        .addKeyValue("model", model.fingerprint())
        .addKeyValue("objective", model.objective())
        .addKeyValue("items", items)
        .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - nanosBefore).toMillis())
        .log("serving a model");
  }

  static void changed(FusionModel model, int upserted, int removed) {
    LOG.atInfo()
        .addKeyValue("model", model.fingerprint())
        .addKeyValue("upserted", upserted)
        .addKeyValue("removed", removed)
        .log("changed the catalogue");
  }

  static void fellBack(String reason) {
    LOG.atWarn()
        .addKeyValue("reason", reason)
        .log("answered from memory, as the store did not: {}", reason);
  }
}
