package com.example;

import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.RecommenderMetrics;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recommendations over HTTP. */
@SpringBootApplication
@RestController
public class Application {
  private final Recommender recommender =
      Recommender.open(Path.of("..", "plain", "target", "model"), store());

  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  @Bean(destroyMethod = "close")
  static VectorStore store() {
    return EmbeddedVectorStore.inMemory();
  }

  @Bean
  RecommenderMetrics recommenderMetrics() {
    return new RecommenderMetrics(recommender);
  }

  @GetMapping("/recommendations")
  List<Recommendation> recommendations(@RequestParam("age") int age) {
    return recommender.forUser(UserProfile.builder().set("age", age).build()).topK(5);
  }
}
