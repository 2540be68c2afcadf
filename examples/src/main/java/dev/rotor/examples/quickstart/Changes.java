package dev.rotor.examples.quickstart;

import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.ne;
import static dev.rotor.driver.model.Filters.regex;
import static dev.rotor.driver.model.Updates.set;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.WriteModel;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What is changed in the catalogue, in one ordered bulk write: marks and then deletes. */
final class Changes {
    /**
     * Packages that no module exports to everybody, or nearly none; {@link ImageCount#isInternal} is the same for
     * paths.
     */
    static final String INTERNAL_PACKAGE = "^(com\\.)?sun\\.|^sun$|\\.internal(\\.|$)";

    private Changes() {}

    /**
     * Marks the classes of internal packages, marks the others as not internal, and deletes the module descriptors,
     * which are class files but not classes.
     *
     * @param classes the catalogue
     * @return how many documents matched, were modified and were deleted
     */
    static CompletionStage<BulkWriteResult> run(MongoCollection<ClassEntry> classes) {
        List<WriteModel<ClassEntry>> writes = List.of(
                new UpdateManyModel<>(regex("package", INTERNAL_PACKAGE), set("internal", true)),
                new UpdateManyModel<>(ne("internal", true), set("internal", false)),
                new DeleteManyModel<>(eq("kind", "module")));
        return classes.bulkWrite(writes);
    }
}
