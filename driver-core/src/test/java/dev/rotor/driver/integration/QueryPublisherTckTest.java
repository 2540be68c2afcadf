package dev.rotor.driver.integration;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.TimeoutMode;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.bson.Document;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/** A query as a publisher keeps every rule of the Reactive Streams test kit, over a real cursor with small batches. */
@Test
public class QueryPublisherTckTest extends FlowPublisherVerification<Document> {

    private static final int DOCUMENTS = 1_000;

    /** Long enough for a slow machine: a signal that comes ends the wait. */
    private static final long SIGNAL_MILLIS = 20_000;

    /** How long the kit listens for signals that must not come. */
    private static final long SILENCE_MILLIS = 50;

    /** How long the kit waits before it asks whether a subscriber may be collected. */
    private static final long COLLECTED_MILLIS = 1_000;

    private MongoServer server;
    private MongoClient client;
    private MongoCollection<Document> collection;

    public QueryPublisherTckTest() {
        super(new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS), COLLECTED_MILLIS);
    }

    @BeforeClass
    public void start() {
        server = new MongoServer(new MemoryBackend());
        client = MongoClient.create("mongodb://127.0.0.1:" + server.bind().getPort());
        collection = client.getDatabase("tck").getCollection("numbers");
        collection
                .insertMany(IntStream.range(0, DOCUMENTS)
                        .mapToObj(i -> new Document("_id", i))
                        .toList())
                .toCompletableFuture()
                .join();
    }

    @AfterClass
    public void stop() {
        client.close();
        server.shutdownNow();
    }

    @Override
    public Flow.Publisher<Document> createFlowPublisher(long elements) {
        // The kit asks for no elements too, where a limit of 0 would mean all.
        Document filter = elements == 0 ? new Document("_id", -1) : new Document();
        return collection.find(filter).limit(elements).batchSize(7);
    }

    @Override
    public Flow.Publisher<Document> createFailedFlowPublisher() {
        // The kit requests nothing here, so this must fail without a server: there is no timeout for this mode to span.
        return collection.find().timeoutMode(TimeoutMode.ITERATION);
    }

    /** The kit gives the collector a tenth of a second: a leak fails every time, a slow machine does not. */
    @Override
    @Test
    public void required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
            throws Throwable {
        for (int tries = 1; ; tries++) {
            try {
                super.required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber();
                return;
            } catch (AssertionError e) {
                if (tries == 5) {
                    throw e;
                }
                setUp();
            }
        }
    }

    @Override
    public long maxElementsFromPublisher() {
        return DOCUMENTS;
    }
}
