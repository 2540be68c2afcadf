package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCollection;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentDocumentsTest {

    /** A collection that only remembers what was to be deleted. */
    @SuppressWarnings("unchecked") // Of no element type at all.
    private static <T> MongoCollection<T> remembering(List<BsonDocument> filters) {
        return (MongoCollection<T>) Proxy.newProxyInstance(
                MongoCollection.class.getClassLoader(),
                new Class<?>[] {MongoCollection.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("deleteMany");
                    filters.add((BsonDocument) arguments[0]);
                    return CompletableFuture.completedFuture(null);
                });
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "16, 1", "17, 1", "9999, 1", "10000, 1", "10001, 2", "35000, 4"})
    void chunksUnderAnIdOfTheApplicationAreDeletedByTheirOwnIds(int count, int commands) {
        List<BsonValue> sent = new ArrayList<>();
        SentDocuments documents = new SentDocuments(new BsonInt32(1), false);
        for (int i = 0; i < count; i++) {
            ObjectId id = new ObjectId();
            documents.add(id);
            sent.add(new BsonObjectId(id));
        }
        List<BsonDocument> filters = new ArrayList<>();

        await(documents.delete(() -> remembering(filters), () -> remembering(filters)));

        List<BsonValue> deleted = new ArrayList<>();
        for (BsonDocument filter : filters) {
            assertThat(filter.get("files_id")).isEqualTo(new BsonInt32(1));
            deleted.addAll(filter.getDocument("_id").getArray("$in"));
        }
        assertThat(filters).hasSize(commands);
        assertThat(deleted).isEqualTo(sent);
    }
}
