package dev.rotor.gridfs.interop;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDatabase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Rotor's steps of {@code testserver/pymongo-gridfs}, run as a program with the step, the server's connection string,
 * the database and the folder that both halves share:
 *
 * <ul>
 *   <li>{@code answer}: reads and changes what PyMongo has written, and writes what it shall read
 *   <li>{@code check}: looks at what PyMongo has made of that
 * </ul>
 *
 * It ends with status 1 if a check has failed.
 */
final class Interop {

    private static final List<String> PYMONGO = List.of("sync", "async");

    private Interop() {}

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        String step = arguments[0];
        Path folder = Path.of(arguments[3]);
        Tally tally =
                new Tally(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        Sent sent = new Sent();
        try (MongoClient client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(arguments[1]))
                .addCommandListener(sent)
                .build())) {
            MongoDatabase database = client.getDatabase(arguments[2]);
            switch (step) {
                case "answer" -> answer(database, folder, tally, sent);
                case "check" -> PYMONGO.forEach(api -> new Changing(database, tally).changed("changed_by_" + api));
                default -> throw new IllegalArgumentException("no step " + step);
            }
        }
        System.exit(tally.failed() ? 1 : 0);
    }

    private static void answer(MongoDatabase database, Path folder, Tally tally, Sent sent) throws Exception {
        new Reading(database, folder, tally).all(StoredFile.readManifest(folder.resolve("pymongo.json")));
        Legacy.read(database, folder, tally, "legacy");
        Legacy.read(database, folder, tally, "legacy_now");
        Changing changing = new Changing(database, tally);
        for (String api : PYMONGO) {
            changing.change("changed_of_" + api);
            changing.keepIndexes("indexes_of_" + api, sent);
            changing.write("changed_by_" + api);
            changing.writeIndexes("indexes_for_" + api);
        }
        StoredFile.writeManifest(folder.resolve("rotor.json"), new Writing(database, folder, tally).all());
        for (String api : PYMONGO) {
            changing.sameIndexes(Writing.BUCKET, api);
        }
    }
}
