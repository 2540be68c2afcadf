package dev.rotor.examples.pictures;

import static dev.rotor.driver.model.Aggregates.match;
import static dev.rotor.driver.model.Filters.in;
import static dev.rotor.driver.model.Sorts.descending;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsUploadOptions;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.types.ObjectId;

/** The files of the application: a GridFS bucket, and what a page is told of what is in it. */
final class Album {

    private static final int NEWEST = 200;

    private final GridFsBucket bucket;
    private final MongoDatabase database;

    Album(MongoClient client) {
        database = client.getDatabase("pictures");
        bucket = GridFsBucket.create(database, GridFsBucketOptions.DEFAULT.bucketName("album"));
    }

    GridFsBucket bucket() {
        return bucket;
    }

    /** Stores a file while it comes in; reading from the browser blocks, which is done on a thread of its own. */
    CompletionStage<ObjectId> add(String name, String type, InputStream contents) {
        return bucket.uploadFromInputStream(name, contents, GridFsUploadOptions.DEFAULT.contentType(type));
    }

    CompletionStage<Void> remove(ObjectId id) {
        return bucket.delete(id);
    }

    /** The newest files, the newest first. */
    CompletionStage<List<Document>> newest() {
        return bucket.find()
                .sort(descending("uploadDate"))
                .limit(NEWEST)
                .toList()
                .thenApply(files ->
                        files.stream().map(file -> shown(file.document())).toList());
    }

    /**
     * Files that come or go from now on: the document of a file comes last, so whoever hears of it can read it. What
     * else happens to a file, a new name for example, is no reason to show it anew or to take it away.
     */
    WatchQuery<ChangeStreamDocument<Document>> changes() {
        return database.getCollection("album.files").watch(List.of(match(in("operationType", "insert", "delete"))));
    }

    /** What a page is told of a change: a file that is there, or the id of one that is gone. */
    static Document event(ChangeStreamDocument<Document> change) {
        Document file = change.fullDocument();
        if (file != null) {
            return new Document("added", shown(file.toBsonDocument()));
        }
        return new Document(
                "removed",
                change.documentKey() == null
                        ? ""
                        : change.documentKey().getObjectId("_id").getValue().toHexString());
    }

    private static Document shown(BsonDocument file) {
        String type = file.getDocument("metadata", new BsonDocument())
                .getString("contentType", new BsonString("application/octet-stream"))
                .getValue();
        return new Document("id", file.getObjectId("_id").getValue().toHexString())
                .append("name", file.getString("filename").getValue())
                .append("type", type)
                .append("length", file.getNumber("length").longValue());
    }
}
