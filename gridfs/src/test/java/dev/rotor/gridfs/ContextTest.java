package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.testserver.TestServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** A value that is bound at the call is there in the stages that GridFS makes of the driver's, and in its commands. */
class ContextTest {

    private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "none");
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final ContextCarrier carrier = () -> {
        String captured = CURRENT.get();
        return () -> {
            String before = CURRENT.get();
            CURRENT.set(captured);
            return () -> CURRENT.set(before);
        };
    };

    private MongoClient client(TestServer server) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .contextCarrier(carrier)
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        heard.add(event.commandName() + ": " + CURRENT.get());
                    }
                })
                .build());
    }

    private <T> T with(String value, Supplier<T> call) {
        String before = CURRENT.get();
        CURRENT.set(value);
        try {
            return call.get();
        } finally {
            CURRENT.set(before);
        }
    }

    @Test
    void uploadsAndDownloadsAreOfTheirCalls() throws Exception {
        byte[] content = GridFsFixture.bytes(700_000);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client(server)) {
            GridFsBucket bucket = GridFsBucket.create(client.getDatabase("files"));
            CompletionStage<ObjectId> upload = with("upload", () -> bucket.uploadFromBytes("a", content)
                    .whenComplete((id, failure) -> seen.add(CURRENT.get())));
            ObjectId id = await(upload);
            assertThat(seen).containsExactly("upload");
            assertThat(heard).hasSizeGreaterThan(2).allSatisfy(command -> assertThat(command)
                    .endsWith(": upload"));

            seen.clear();
            heard.clear();
            CountDownLatch done = new CountDownLatch(1);
            with("download", () -> {
                bucket.openDownloadStream(id).subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(ByteBuffer bytes) {
                        seen.add(CURRENT.get());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        seen.add(failure.toString());
                        done.countDown();
                    }

                    @Override
                    public void onComplete() {
                        seen.add(CURRENT.get());
                        done.countDown();
                    }
                });
                return "";
            });

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).hasSizeGreaterThan(2).containsOnly("download");
            assertThat(new ArrayList<>(heard)).isNotEmpty().allSatisfy(command -> assertThat(command)
                    .endsWith(": download"));
        }
    }
}
