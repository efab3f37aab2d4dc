import dev.recsys.Recommender
import dev.recsys.data.Rating
import dev.recsys.features.UserProfile
import dev.recsys.index.embedded.EmbeddedVectorStore
import java.nio.file.Path

fun main() {
    EmbeddedVectorStore.inMemory().use { store ->
        Recommender.open(Path.of("model"), store).use { recommender ->
            val somebody = UserProfile.builder().set("gender", "F").set("age", 25).build()
            val best = recommender.forUser(somebody).withHistory(Rating.of(1, 5.0)).excludeSeen().topK(5)
            for (each in best) {
                println("${each.title()} ${each.predictedRating()}")
            }
            val age: Any? = somebody.get("age")
            println(age ?: "unknown")
        }
    }
}
