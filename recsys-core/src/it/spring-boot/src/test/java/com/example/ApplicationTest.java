package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureObservability
class ApplicationTest {
  @Autowired private TestRestTemplate http;
  @Autowired private MeterRegistry meters;

  @Test
  void fiveAreRecommendedAndCounted() {
    String found = http.getForObject("/recommendations?age=30", String.class);
    assertThat(found.split("\"title\"", -1)).hasSize(6);
    assertThat(
            meters
                .get("recsys.requests")
                .tags("kind", "user", "outcome", "found")
                .timer()
                .count())
        .isEqualTo(1);
  }
}
