package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.testserver.TestServer;
import java.util.function.BiFunction;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads as part of a transaction. */
class UploadTransactionTest {

    private static final byte[] CONTENTS = bytes(3_000_000);

    private final TestServer server = TestServer.replicaSet(1).start();
    private final MongoClient client = MongoClient.create(server.connectionString());
    private final MongoDatabase database = client.getDatabase("files");

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** How a bucket comes to its session. */
    enum Binding {
        BY_BUCKET((database, session) -> GridFsBucket.create(database).withSession(session)),
        BY_DATABASE((database, session) -> GridFsBucket.create(database.withSession(session)));

        // A function without state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final BiFunction<MongoDatabase, ClientSession, GridFsBucket> bind;

        Binding(BiFunction<MongoDatabase, ClientSession, GridFsBucket> bind) {
            this.bind = bind;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsSeenWhenItsTransactionCommitsAndNotBefore(Binding binding) {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            BsonValue id = store(binding, session);
            assertThat(files()).isZero();

            await(session.commitTransaction());

            assertThat(await(GridFsBucket.create(database).downloadToBytes(id))).isEqualTo(CONTENTS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAFileWhoseTransactionAborts(Binding binding) {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            store(binding, session);

            await(session.abortTransaction());

            assertThat(files()).isZero();
            assertThat(await(database.getCollection("fs.chunks").countDocuments()))
                    .isZero();
        }
    }

    private BsonValue store(Binding binding, ClientSession session) {
        return await(binding.bind.apply(database, session).upload("name", upload -> upload.write(CONTENTS)
                        .thenCompose(none -> upload.setMetadata("in", "transaction"))))
                .id();
    }

    private long files() {
        return await(database.getCollection("fs.files").countDocuments());
    }
}
