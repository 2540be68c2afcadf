package dev.rotor.examples.quickstart;

import static dev.rotor.driver.model.Indexes.ascending;
import static dev.rotor.driver.model.Indexes.descending;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.IndexModel;
import dev.rotor.driver.model.IndexOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Fills the collection: reads the class files and inserts them in ordered batches, a few of which are under way. */
final class Catalogue {
    static final int BATCH = 500;
    private static final int WINDOW = 4;

    /**
     * What the insertion came to.
     *
     * @param inserted how many documents the server acknowledged
     * @param batches in how many calls
     * @param seconds how long it took, reading included
     */
    record Outcome(long inserted, int batches, double seconds) {}

    private final MongoCollection<ClassEntry> classes;
    private final Screen screen;
    private final LongSupplier nanoTime;
    private final Hooks hooks;

    Catalogue(MongoCollection<ClassEntry> classes, Screen screen, LongSupplier nanoTime, Hooks hooks) {
        this.classes = classes;
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.hooks = hooks;
    }

    /**
     * Inserts a document for each class file.
     *
     * @param files the class files
     * @return what it came to
     * @throws IOException if a class file cannot be read
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    Outcome insert(List<JdkImage.ClassResource> files) throws IOException, InterruptedException {
        Pipeline pipeline = new Pipeline(WINDOW);
        Progress progress = new Progress(screen, nanoTime, files.size());
        // Completions run on the driver's event loops and only count; this thread alone prints.
        LongAdder acknowledged = new LongAdder();
        int batches = 0;
        for (int from = 0; from < files.size(); from += BATCH) {
            List<ClassEntry> batch = read(files.subList(from, Math.min(from + BATCH, files.size())));
            // An ordered insertMany that does not fail has inserted all of its documents.
            pipeline.submit(() -> classes.insertMany(batch).thenAccept(result -> acknowledged.add(batch.size())));
            batches++;
            hooks.batchSent(from + batch.size());
            progress.done(acknowledged.sum());
        }
        pipeline.drain();
        progress.done(acknowledged.sum());
        screen.overwrite("");
        return new Outcome(acknowledged.sum(), batches, progress.seconds());
    }

    /**
     * Builds the indexes that the questions use.
     *
     * @param classes the collection
     * @return their names
     */
    static CompletionStage<List<String>> index(MongoCollection<?> classes) {
        return classes.createIndexes(List.of(
                IndexModel.create(ascending("name", "module")).options(IndexOptions.DEFAULT.unique(true)),
                IndexModel.create(ascending("package")),
                IndexModel.create(ascending("kind")),
                IndexModel.create(descending("size"))));
    }

    private static List<ClassEntry> read(List<JdkImage.ClassResource> files) throws IOException {
        List<ClassEntry> entries = new ArrayList<>(files.size());
        for (JdkImage.ClassResource file : files) {
            entries.add(file.read());
        }
        return entries;
    }
}
