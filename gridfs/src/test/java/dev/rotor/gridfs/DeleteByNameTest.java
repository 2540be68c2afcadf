package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.testserver.TestServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteByNameTest {

    private final TestServer server = TestServer.replicaSet(1).start();
    private final List<BsonDocument> finds = new CopyOnWriteArrayList<>();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (event.commandName().equals("find")) {
                        finds.add(event.command());
                    }
                }
            })
            .build());

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theFilesAreLookedUpOnThePrimaryWhateverTheBucketReads() {
        GridFsBucket bucket = GridFsBucket.create(
                client.getDatabase("files"), GridFsBucketOptions.DEFAULT.readPreference(ReadPreference.NEAREST));
        await(bucket.uploadFromBytes("name", bytes(5)));
        await(bucket.find(new BsonDocument()).first());
        assertThat(finds).last().satisfies(find -> assertThat(find).containsKey("$readPreference"));
        finds.clear();

        await(bucket.deleteByName("name"));

        assertThat(finds).singleElement().satisfies(find -> assertThat(find).doesNotContainKey("$readPreference"));
    }
}
