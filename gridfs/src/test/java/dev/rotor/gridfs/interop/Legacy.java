package dev.rotor.gridfs.interop;

import static dev.rotor.gridfs.interop.Tally.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoDatabase;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsDownload;
import dev.rotor.gridfs.GridFsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Reads what {@code gridfs.GridFS.put} has stored: content type, aliases, digest and whatever else beside the name, not
 * in the metadata.
 */
final class Legacy {

    private Legacy() {}

    static void read(MongoDatabase database, Path folder, Tally tally, String bucketName) throws Exception {
        BsonDocument said = BsonDocument.parse(Files.readString(folder.resolve(bucketName + ".json")));
        byte[] content = Files.readAllBytes(folder.resolve(bucketName));
        GridFsBucket bucket = GridFsBucket.create(database, GridFsBucketOptions.DEFAULT.bucketName(bucketName));
        GridFsDownload download =
                bucket.openDownloadStream(said.getObjectId("_id").getValue());
        String name = "reads " + bucketName + " of PyMongo "
                + said.getString("version").getValue() + ", ";

        tally.check(name + "its contents", () -> assertThat(Reading.sha256(await(download.toBytes())))
                .isEqualTo(Reading.sha256(content)));
        tally.check(
                name + "contentType",
                () -> assertThat(await(download.file()).contentType()).isEqualTo("text/x-legacy"));
        tally.check(name + "aliases", () -> assertThat(await(download.file()).aliases())
                .isEqualTo(List.of("other name", "π")));
        tally.check(name + "md5", () -> {
            GridFsFile file = await(download.file());
            // Newer versions write none.
            String expected = said.getBoolean("md5", BsonBoolean.FALSE).getValue()
                    ? HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content))
                    : null;
            assertThat(file.md5()).isEqualTo(expected);
        });
        tally.check(name + "fields of its own", () -> {
            GridFsFile file = await(download.file());
            assertThat(file.metadata()).isNull();
            assertThat(file.document().get("author")).isEqualTo(new BsonString("somebody"));
        });
    }
}
