package dev.rotor.examples.readme;

import static dev.rotor.driver.model.Accumulators.sum;
import static dev.rotor.driver.model.Aggregates.group;
import static dev.rotor.driver.model.Aggregates.match;
import static dev.rotor.driver.model.Aggregates.sort;
import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.gte;
import static dev.rotor.driver.model.Filters.in;
import static dev.rotor.driver.model.Filters.lt;
import static dev.rotor.driver.model.Indexes.ascending;
import static dev.rotor.driver.model.Projections.include;
import static dev.rotor.driver.model.Sorts.descending;
import static dev.rotor.driver.model.Updates.combine;
import static dev.rotor.driver.model.Updates.currentDate;
import static dev.rotor.driver.model.Updates.inc;
import static dev.rotor.driver.model.Updates.set;

import com.sun.net.httpserver.HttpServer;
import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteResult;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.InsertManyResult;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.driver.model.changestream.FullDocument;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.http.GridFsHttp;
import dev.rotor.gridfs.http.GridFsHttpHandler;
import dev.rotor.monitoring.Monitoring;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the README shows: the lines between {@code // snippet: name} and {@code // end}. {@link ReadmeTest} holds that
 * the README has the same lines, and runs them.
 */
final class ReadmeSnippets {

    private final Consumer<Object> out;

    ReadmeSnippets(Consumer<Object> out) {
        this.out = out;
    }

    private void print(@Nullable Object line) {
        out.accept(String.valueOf(line));
    }

    static MongoClient connect(String uri) {
        // snippet: connect
        MongoClient client = MongoClient.create(uri); // such as "mongodb://localhost:27017"
        MongoDatabase shop = client.getDatabase("shop");
        MongoCollection<Document> books = shop.getCollection("books");
        // end
        if (!books.namespace().databaseName().equals(shop.name())) {
            throw new IllegalStateException(books.namespace().toString());
        }
        return client;
    }

    static MongoClient settings(String uri) {
        // snippet: settings
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applicationName("bookshop")
                .applyToConnectionPoolSettings(pool -> pool.maxSize(50))
                .build();
        MongoClient client = MongoClient.create(settings);
        // end
        return client;
    }

    static CompletionStage<InsertManyResult> insert(MongoCollection<Document> books) {
        // snippet: insert
        CompletionStage<InsertManyResult> inserted = books.insertMany(List.of(
                new Document("_id", 1).append("title", "Flatland").append("year", 1884),
                new Document("_id", 2).append("title", "Walden").append("year", 1854),
                new Document("_id", 3).append("title", "Dracula").append("year", 1897)));
        // end
        return inserted;
    }

    CompletionStage<?> find(MongoCollection<Document> books) {
        // snippet: find
        CompletionStage<@Nullable Document> flatland =
                books.find(eq("title", "Flatland")).first();

        CompletionStage<List<Document>> newest = books.find(gte("year", 1850))
                .sort(descending("year"))
                .projection(include("title"))
                .toList(10);
        // end
        return flatland.thenCombine(newest, (first, list) -> {
            print(first);
            print(list);
            return list;
        });
    }

    CompletionStage<Void> forEach(MongoCollection<Document> books) {
        // snippet: for-each
        CompletionStage<Void> done = books.find().batchSize(500).forEach(book -> print(book.getString("title")));
        // end
        return done;
    }

    CompletionStage<Void> cursor(MongoCollection<Document> books) {
        // snippet: cursor
        CompletionStage<Void> done = books.find().open().thenCompose(cursor -> printAll(cursor));
        // end
        return done;
    }

    // snippet: cursor-loop
    CompletionStage<Void> printAll(AsyncCursor<Document> cursor) {
        return cursor.nextBatch().thenCompose(batch -> {
            batch.forEach(book -> print(book.getString("title")));
            return cursor.isExhausted() ? cursor.closeAsync() : printAll(cursor);
        });
    }
    // end

    static void publisher(MongoCollection<Document> books, Flow.Subscriber<Document> subscriber) {
        // snippet: publisher
        books.find(lt("year", 1890)).subscribe(subscriber); // a java.util.concurrent.Flow.Publisher
        // end
    }

    static CompletionStage<UpdateResult> update(MongoCollection<Document> books) {
        // snippet: update
        CompletionStage<UpdateResult> updated = books.updateOne(
                eq("title", "Walden"),
                combine(set("price", 9), inc("sold", 1), currentDate("changed")),
                UpdateOptions.DEFAULT.upsert(true));
        // end
        return updated;
    }

    static CompletionStage<DeleteResult> delete(MongoCollection<Document> books) {
        // snippet: delete
        CompletionStage<DeleteResult> deleted = books.deleteMany(lt("year", 1860));
        // end
        return deleted;
    }

    static CompletionStage<List<Document>> aggregate(MongoCollection<Document> books) {
        // snippet: aggregate
        CompletionStage<List<Document>> perDecade = books.aggregate(List.of(
                        match(gte("year", 1850)),
                        group(Document.parse("{$subtract: ['$year', {$mod: ['$year', 10]}]}"), sum("books", 1)),
                        sort(descending("books"))))
                .toList();
        // end
        return perDecade;
    }

    static CompletionStage<BulkWriteResult> bulk(MongoCollection<Document> books) {
        // snippet: bulk
        CompletionStage<BulkWriteResult> result = books.bulkWrite(List.of(
                new InsertOneModel<>(
                        new Document("_id", 4).append("title", "Emma").append("year", 1815)),
                new UpdateOneModel<>(eq("title", "Dracula"), set("price", 12)),
                new DeleteManyModel<>(lt("year", 1800))));
        // end
        return result;
    }

    static CompletionStage<String> index(MongoCollection<Document> books) {
        // snippet: index
        CompletionStage<String> name = books.createIndex(ascending("title"), IndexOptions.DEFAULT.unique(true));
        // end
        return name;
    }

    // snippet: types
    public record Order(@BsonId int id, Map<String, Integer> copies, Payment payment) {}

    public sealed interface Payment permits Card, Invoice {}

    public record Card(String holder, Optional<String> reference) implements Payment {}

    public record Invoice(LocalDate due) implements Payment {}
    // end

    static CompletionStage<@Nullable Order> typed(MongoDatabase shop) {
        // snippet: typed
        MongoCollection<Order> orders = shop.getCollection("orders", Order.class);
        Order order = new Order(7, Map.of("Kim", 2), new Invoice(LocalDate.of(2026, 6, 1)));
        CompletionStage<@Nullable Order> found =
                orders.insertOne(order).thenCompose(inserted -> orders.findOne(eq("payment._t", "Invoice")));
        // end
        return found;
    }

    void errors(MongoCollection<Document> books) {
        // snippet: errors
        books.insertOne(new Document("_id", 1)).whenComplete((inserted, error) -> {
            if (error instanceof MongoWriteException write && write.isDuplicateKey()) {
                print("There is a book 1 already");
            } else if (error != null) {
                print(error.getMessage()); // which server, what failed, what was tried
            }
        });
        // end
    }

    MongoClient events(MongoClientSettings settings) {
        // snippet: events
        CommandListener slowOrFailed = new CommandListener() {
            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                if (event.elapsed().toMillis() > 100) {
                    print(event);
                }
            }

            @Override
            public void commandFailed(CommandFailedEvent event) {
                print(event);
            }
        };
        MongoClient client = MongoClient.create(
                settings.toBuilder().addCommandListener(slowOrFailed).build());
        // end
        return client;
    }

    void timeouts(MongoCollection<Document> books) {
        // snippet: timeout
        MongoCollection<Document> hurried = books.withTimeout(Duration.ofMillis(200));
        hurried.countDocuments().whenComplete((count, error) -> {
            if (error instanceof MongoTimeoutException timeout) {
                print("Gave up while waiting for " + timeout.waiting());
            }
        });
        // end
    }

    CompletionStage<?> transaction(MongoClient client) {
        // snippet: transaction
        MongoCollection<Document> accounts = client.getDatabase("bank").getCollection("accounts");
        CompletionStage<UpdateResult> moved = client.inSession(session -> session.withTransaction(inTransaction -> {
            MongoCollection<Document> bound = accounts.withSession(inTransaction);
            return bound.updateOne(eq("_id", "Ada"), inc("balance", -100))
                    .thenCompose(taken -> bound.updateOne(eq("_id", "Bob"), inc("balance", 100)));
        }));
        // end
        return moved;
    }

    CompletionStage<?> changes(MongoCollection<Document> books) {
        // snippet: watch
        CompletionStage<? extends ChangeStreamCursor<ChangeStreamDocument<Document>>> changes = books.watch(
                        List.of(match(in("operationType", "insert", "update"))))
                .fullDocument(FullDocument.UPDATE_LOOKUP)
                .open();
        CompletionStage<Void> printed = changes.thenCompose(cursor -> cursor.next()
                .thenAccept(change -> print(change.fullDocument()))
                .whenComplete((done, error) -> print(cursor.resumeToken()))
                .thenCompose(done -> cursor.closeAsync()));
        // end
        return printed;
    }

    CompletionStage<ClientBulkWriteResult> clientBulk(MongoClient client) {
        // snippet: client-bulk
        CompletionStage<ClientBulkWriteResult> result = client.bulkWrite(List.of(
                ClientNamespacedWriteModel.insertOne(
                        new MongoNamespace("shop", "books"), new Document("title", "Emma")),
                ClientNamespacedWriteModel.updateOne(
                        new MongoNamespace("shop", "stock"), eq("title", "Emma"), inc("copies", 3))));
        // end
        return result;
    }

    static CompletionStage<byte[]> files(MongoDatabase shop, Path path) {
        // snippet: gridfs
        GridFsBucket bucket = GridFsBucket.create(shop);
        CompletionStage<ObjectId> stored = bucket.uploadFromPath("walden.pdf", path);
        CompletionStage<byte[]> beginning = stored.thenCompose(
                id -> bucket.openDownloadStream(id).range(0, 1024).toBytes());
        // end
        return beginning;
    }

    static HttpServer http(GridFsBucket bucket, int port, ExecutorService threads) throws IOException {
        // snippet: gridfs-http
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        server.createContext("/", new GridFsHttpHandler(GridFsHttp.create(bucket)));
        server.setExecutor(threads);
        server.start();
        // end
        return server;
    }

    static MongoClient monitored(MongoClientSettings settings) {
        // snippet: monitoring
        MongoClient client =
                MongoClient.create(Monitoring.logAll(settings.toBuilder()).build());
        // end
        return client;
    }
}
