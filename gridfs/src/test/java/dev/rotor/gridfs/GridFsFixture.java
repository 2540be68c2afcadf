package dev.rotor.gridfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.testserver.TestServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;

/** A server in this process, a client, and what the client has sent. */
final class GridFsFixture implements AutoCloseable {

    private final TestServer server = TestServer.standalone().start();
    private final List<CommandStartedEvent> sent = new CopyOnWriteArrayList<>();
    final MongoClient client;
    final MongoDatabase database;

    GridFsFixture() {
        client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        sent.add(event);
                    }
                })
                .build());
        database = client.getDatabase("files");
    }

    GridFsBucket bucket() {
        return GridFsBucket.create(database);
    }

    /** The names of the commands since the last call, with their collections. */
    List<String> sent() {
        List<String> names = new ArrayList<>();
        for (CommandStartedEvent event : sent) {
            BsonValue target = Objects.requireNonNull(event.command().get(event.commandName()));
            names.add(event.commandName()
                    + (target.isString() ? " " + target.asString().getValue() : ""));
        }
        sent.clear();
        return names;
    }

    List<BsonDocument> commands(String name) {
        return sent.stream()
                .filter(event -> event.commandName().equals(name))
                .map(CommandStartedEvent::command)
                .toList();
    }

    /** Runs something on one of the client's event loops, where completions run; what it throws is the failure. */
    CompletionStage<Void> onLoop(Runnable task) {
        Thread caller = Thread.currentThread();
        // So that the reply is hardly ever here before the task is attached to it.
        failPoint("failCommands: ['ping'], blockConnection: true, blockTimeMS: 50");
        return database.runCommand(new Document("ping", 1)).thenCompose(pong -> {
            if (Thread.currentThread() == caller) {
                return onLoop(task);
            }
            sent.clear();
            task.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    /** What a call throws on an event loop of the client. */
    Throwable thrownOnLoop(Callable<?> call) {
        return failure(onLoop(() -> {
            try {
                call.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }));
    }

    /** Makes the next command of this name fail with an error after which nothing is retried. */
    void failOnce(String command) {
        failPoint("failCommands: ['" + command + "'], errorCode: 2");
    }

    /** Makes the next such command do its work and say that it was not written as safely as was asked for. */
    void writeConcernFailsOnce(String command, String namespace) {
        failPoint("failCommands: ['" + command + "'], namespace: '" + namespace
                + "', writeConcernError: {code: 64, errmsg: 'waiting for replication timed out'}");
    }

    private void failPoint(String data) {
        await(client.getDatabase("admin")
                .runCommand(
                        Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1}, data: {" + data + "}}")));
        sent.clear();
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A publisher of one buffer after the other, on the subscriber's thread. */
    static Flow.Publisher<ByteBuffer> publisher(Iterable<ByteBuffer> buffers) {
        return subscriber -> {
            var rest = buffers.iterator();
            subscriber.onSubscribe(new Flow.Subscription() {
                private boolean done;

                @Override
                public void request(long n) {
                    for (long i = 0; i < n && !done; i++) {
                        if (rest.hasNext()) {
                            subscriber.onNext(rest.next());
                        }
                        if (!rest.hasNext() && !done) {
                            done = true;
                            subscriber.onComplete();
                        }
                    }
                }

                @Override
                public void cancel() {
                    done = true;
                }
            });
        };
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static Throwable failure(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
            throw new AssertionError("no failure but " + value);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static MongoGridFsException.Reason reason(CompletionStage<?> stage) {
        Throwable failure = failure(stage);
        assertThat(failure).isInstanceOf(MongoGridFsException.class);
        return ((MongoGridFsException) failure).reason();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
