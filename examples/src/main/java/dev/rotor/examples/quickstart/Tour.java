package dev.rotor.examples.quickstart;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.examples.quickstart.Rows.ClassSize;
import dev.rotor.examples.quickstart.Rows.InterfaceTotal;
import dev.rotor.examples.quickstart.Rows.KindTotal;
import dev.rotor.examples.quickstart.Rows.PackageTotal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.bson.Document;

/** The chapters of the quickstart, one after the other, and what they print. */
final class Tour {
    private final MongoClient client;
    private final Target target;
    private final Screen screen;
    private final LongSupplier nanoTime;
    private final Hooks hooks;

    Tour(MongoClient client, Target target, Screen screen, LongSupplier nanoTime, Hooks hooks) {
        this.client = client;
        this.target = target;
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.hooks = hooks;
    }

    /**
     * Runs all of it.
     *
     * @param limit how many class files at most
     * @throws QuickstartException if the database is not the quickstart's, or a count does not agree
     * @throws IOException if the JDK's image cannot be read
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    void run(long limit) throws IOException, InterruptedException {
        MongoDatabase database = client.getDatabase(target.database());
        introduce(database);
        MongoCollection<ClassEntry> classes = Waiting.await(Workspace.prepare(database));
        List<JdkImage.ClassResource> files = JdkImage.classFiles(limit);
        Catalogue.Outcome inserted = insert(classes, files);
        index(classes);
        ask(new Questions(classes));
        refuseDuplicate(classes, files.get(0));
        BulkWriteResult changed = change(classes);
        verify(classes, limit, inserted, changed);
    }

    private void introduce(MongoDatabase database) throws InterruptedException {
        Document build = Waiting.await(database.runCommand(new Document("buildInfo", 1)));
        screen.heading("Rotor quickstart", "");
        screen.line("JDK        " + Runtime.version() + " in " + System.getProperty("java.home"));
        screen.line("server     " + target.serverName() + ", says it is version " + build.getString("version"));
        screen.line("transport  " + client.transport().name() + ": "
                + client.transport().reason());
        screen.line("database   " + database.name());
    }

    private Catalogue.Outcome insert(MongoCollection<ClassEntry> classes, List<JdkImage.ClassResource> files)
            throws IOException, InterruptedException {
        screen.heading("Catalogue the class files of this JDK", "insertMany");
        Catalogue.Outcome outcome = new Catalogue(classes, screen, nanoTime, hooks).insert(files);
        screen.line(String.format(
                Locale.ROOT,
                "%,d documents in %,d ordered batches, %.1f s with reading the class files",
                outcome.inserted(),
                outcome.batches(),
                outcome.seconds()));
        return outcome;
    }

    private void index(MongoCollection<ClassEntry> classes) throws InterruptedException {
        screen.heading("Indexes", "createIndexes");
        screen.line(String.join(", ", Waiting.await(Catalogue.index(classes))));
    }

    /** All questions are asked at once; the answers are printed in the order of the questions. */
    private void ask(Questions questions) throws InterruptedException {
        CompletionStage<List<PackageTotal>> packages = questions.largestPackages(8);
        CompletionStage<List<ClassSize>> largest = questions.largestClassFiles(5);
        CompletionStage<List<InterfaceTotal>> interfaces = questions.mostImplementedInterfaces(8);
        CompletionStage<List<KindTotal>> kinds = questions.kinds();
        CompletionStage<List<Integer>> versions = questions.classFileVersions();
        CompletionStage<Hierarchies> hierarchies = questions.hierarchies();

        screen.heading("Largest packages", "aggregate: $match, $group, $sort, $limit");
        Table table = new Table("package", "module", "classes", "bytes");
        Waiting.await(packages).forEach(row -> table.row(row.name(), row.module(), row.classes(), row.bytes()));
        screen.table(table);

        screen.heading("Largest class files", "find: sort, projection, limit");
        Table sizes = new Table("class", "module", "bytes");
        Waiting.await(largest).forEach(row -> sizes.row(row.name(), row.module(), row.size()));
        screen.table(sizes);

        screen.heading("Most implemented interfaces", "aggregate: $unwind, $group, $sort, $limit");
        Table implemented = new Table("interface", "by class files");
        Waiting.await(interfaces).forEach(row -> implemented.row(row.name(), row.classes()));
        screen.table(implemented);

        screen.heading("Kinds of class files", "distinct, countDocuments");
        Table counts = new Table("kind", "class files");
        Waiting.await(kinds).forEach(row -> counts.row(row.kind(), row.classes()));
        screen.table(counts);
        screen.line("class-file versions: "
                + Waiting.await(versions).stream().map(String::valueOf).collect(Collectors.joining(", ")));

        deepest(questions, Waiting.await(hierarchies));
    }

    private void deepest(Questions questions, Hierarchies hierarchies) throws InterruptedException {
        screen.heading("Deepest class hierarchy", "find: cursor, batchSize");
        String deepest = hierarchies.deepest();
        List<String> chain = hierarchies.chain(deepest);
        List<String> onceMore = Waiting.await(questions.chain(deepest));
        if (!chain.equals(onceMore)) {
            throw new QuickstartException("the hierarchy of " + deepest + " depends on how one asks:\n"
                    + String.join(" < ", chain) + "\n" + String.join(" < ", onceMore));
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            screen.line("  ".repeat(chain.size() - 1 - i) + chain.get(i));
        }
        screen.line("classes by number of superclasses: "
                + hierarchies.histogram().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + Table.number(entry.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private void refuseDuplicate(MongoCollection<ClassEntry> classes, JdkImage.ClassResource known)
            throws IOException, InterruptedException {
        screen.heading("Insert a document that is already there", "insertOne");
        CompletionStage<InsertOneResult> refused = classes.insertOne(known.read());
        try {
            Waiting.await(refused);
        } catch (MongoWriteException e) {
            if (e.isDuplicateKey()) {
                screen.line("MongoWriteException:");
                screen.wrapped("  ", Failures.describe(e));
                return;
            }
            throw e;
        }
        throw new QuickstartException("the server took a second document with the _id of the first");
    }

    private BulkWriteResult change(MongoCollection<ClassEntry> classes) throws InterruptedException {
        screen.heading("Mark internal packages, delete module descriptors", "bulkWrite: updateMany, deleteMany");
        BulkWriteResult result = Waiting.await(Changes.run(classes));
        screen.line(String.format(
                Locale.ROOT,
                "%,d matched, %,d modified, %,d deleted",
                result.matchedCount(),
                result.modifiedCount(),
                result.deletedCount()));
        return result;
    }

    private void verify(
            MongoCollection<ClassEntry> classes, long limit, Catalogue.Outcome inserted, BulkWriteResult changed)
            throws IOException, InterruptedException {
        screen.heading("Verify against java.lang.module's view of the JDK", "countDocuments, aggregate: $group");
        Verification.Found found = Waiting.await(Verification.ask(classes, inserted.inserted(), changed));
        ImageCount image = hooks.expected(ImageCount.take(limit));
        List<String> differences = Verification.differences(image, found);
        if (!differences.isEmpty()) {
            throw new QuickstartException(
                    "the catalogue and the JDK's image do not agree:\n" + String.join("\n", differences));
        }
        screen.summary(String.format(
                Locale.ROOT,
                "%,d class files catalogued in %.1f s: %,d documents/s",
                inserted.inserted(),
                inserted.seconds(),
                Progress.rate(inserted.inserted(), inserted.seconds())));
        screen.summary(String.format(
                Locale.ROOT,
                "%,d inserted - %,d deleted = %,d documents, %,d of them marked internal",
                found.inserted(),
                found.deleted(),
                found.documents(),
                found.internal()));
        screen.verdict("OK: the JDK has as many, module by module, and to the byte");
    }
}
