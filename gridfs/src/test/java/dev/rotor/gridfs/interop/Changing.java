package dev.rotor.gridfs.interop;

import static dev.rotor.gridfs.interop.Tally.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoDatabase;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** One driver stores files that the other one deletes and renames. PyMongo's half does the same with the same names. */
final class Changing {

    private static final List<String> WRITTEN = List.of(
            "keep",
            "delete by id",
            "delete by name",
            "delete by name",
            "rename by id",
            "rename by name",
            "rename by name");
    private static final List<String> LEFT =
            List.of("keep", "renamed by id \"π\"", "renamed by name \"π\"", "renamed by name \"π\"");

    private final MongoDatabase database;
    private final Tally tally;

    Changing(MongoDatabase database, Tally tally) {
        this.database = database;
        this.tally = tally;
    }

    private GridFsBucket bucket(String name) {
        return GridFsBucket.create(database, GridFsBucketOptions.DEFAULT.bucketName(name));
    }

    /** The ids are numbers from 0 on; a file's contents are its id and its name. */
    void write(String bucketName) {
        tally.check("writes what PyMongo changes, in " + bucketName, () -> {
            for (int i = 0; i < WRITTEN.size(); i++) {
                String name = WRITTEN.get(i);
                byte[] content = (i + " " + name).getBytes(StandardCharsets.UTF_8);
                await(bucket(bucketName).uploadFromBytesWithId(new BsonInt32(i), name, content));
            }
        });
    }

    void change(String bucketName) {
        GridFsBucket bucket = bucket(bucketName);
        tally.check(
                "deletes by id in " + bucketName,
                () -> await(bucket.delete(new BsonInt32(WRITTEN.indexOf("delete by id")))));
        tally.check("deletes by name in " + bucketName, () -> await(bucket.deleteByName("delete by name")));
        tally.check(
                "renames by id in " + bucketName,
                () -> await(bucket.rename(new BsonInt32(WRITTEN.indexOf("rename by id")), "renamed by id \"π\"")));
        tally.check(
                "renames by name in " + bucketName,
                () -> await(bucket.renameByName("rename by name", "renamed by name \"π\"")));
    }

    void changed(String bucketName) {
        GridFsBucket bucket = bucket(bucketName);
        tally.check("finds what PyMongo has left in " + bucketName, () -> {
            List<String> names = new ArrayList<>();
            List<BsonValue> ids = new ArrayList<>();
            for (GridFsFile file : await(bucket.find()
                    .sort(new BsonDocument("_id", new BsonInt32(1)))
                    .toList())) {
                names.add(Objects.requireNonNull(file.filename()));
                ids.add(file.id());
                int id = file.id().asNumber().intValue();
                assertThat(new String(await(bucket.openDownloadStream(file.id()).toBytes()), StandardCharsets.UTF_8))
                        .isEqualTo(id + " " + WRITTEN.get(id));
            }
            assertThat(names).isEqualTo(LEFT);
            assertThat(await(database.getCollection(bucketName + ".chunks", BsonDocument.class)
                            .distinct("files_id", BsonValue.class)
                            .toList()))
                    .containsExactlyInAnyOrderElementsOf(ids);
        });
    }

    /** Leaves a bucket with its indexes and no file. */
    void writeIndexes(String bucketName) {
        tally.check("makes the indexes of " + bucketName, () -> {
            var id = await(bucket(bucketName).uploadFromBytes("gone", new byte[1]));
            await(bucket(bucketName).delete(id));
        });
    }

    /** Writes where PyMongo has made the indexes: none is made, none comes. */
    void keepIndexes(String bucketName, Sent sent) {
        tally.check("makes no index in " + bucketName + ", which has PyMongo's", () -> {
            List<BsonDocument> before = indexes(bucketName);
            assertThat(before).hasSize(4);
            sent.clear();
            await(bucket(bucketName).uploadFromBytes("here", "here".getBytes(StandardCharsets.UTF_8)));
            assertThat(sent.names()).contains("listIndexes", "insert").doesNotContain("createIndexes");
            assertThat(indexes(bucketName)).isEqualTo(before);
        });
    }

    void sameIndexes(String mine, String theirs) {
        tally.check("makes the same indexes in " + mine + " as PyMongo in " + theirs, () -> assertThat(indexes(mine))
                .isEqualTo(indexes(theirs)));
    }

    /** With what tells one index from another; PyMongo says explicitly that one is not unique. */
    private List<BsonDocument> indexes(String bucketName) throws Exception {
        List<BsonDocument> indexes = new ArrayList<>();
        for (String part : List.of(".files", ".chunks")) {
            for (BsonDocument index : await(database.getCollection(bucketName + part, BsonDocument.class)
                    .listIndexes(BsonDocument.class)
                    .toList())) {
                index.remove("ns");
                index.remove("unique", BsonBoolean.FALSE);
                indexes.add(index.append("of", new BsonString(part)));
            }
        }
        return indexes;
    }
}
