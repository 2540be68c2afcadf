package dev.rotor.gridfs;

import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Which file is meant: by its id, or by its name and revision.
 *
 * @param filter matches it, and the other files of its name
 * @param revision which of these; {@code null} where the filter says it all
 */
record FileSelector(BsonDocument filter, @Nullable Integer revision) {

    static FileSelector byId(BsonValue id) {
        return new FileSelector(new BsonDocument("_id", Objects.requireNonNull(id, "id")), null);
    }

    static FileSelector byName(String filename, int revision) {
        return new FileSelector(
                new BsonDocument("filename", new BsonString(Objects.requireNonNull(filename, "filename"))), revision);
    }

    /** Looks for it. */
    CompletionStage<GridFsFile> find(MongoCollection<GridFsFile> files, Limit limit) {
        return limit.apply(query(limit.apply(files))).first().thenCompose(file -> {
            if (file != null) {
                return CompletableFuture.completedFuture(file);
            }
            Integer wanted = revision;
            if (wanted == null || wanted == 0 || wanted == -1) {
                return CompletableFuture.failedFuture(notFound());
            }
            // No such revision: the specification wants a message of its own for that, so see whether there is any.
            return limit.apply(limit.apply(files).find(filter))
                    .first()
                    .thenCompose(another ->
                            CompletableFuture.failedFuture(another == null ? notFound() : revisionNotFound(wanted)));
        });
    }

    private FindQuery<GridFsFile> query(MongoCollection<GridFsFile> files) {
        FindQuery<GridFsFile> query = files.find(filter);
        if (revision == null) {
            return query;
        }
        boolean fromTheEnd = revision < 0;
        // Not "-revision - 1": that overflows for the smallest of all.
        return query.sort(new BsonDocument("uploadDate", new BsonInt32(fromTheEnd ? -1 : 1)))
                .skip(fromTheEnd ? -(revision + 1) : revision);
    }

    MongoGridFsException notFound() {
        return new MongoGridFsException(Reason.FILE_NOT_FOUND, "There is no file with " + described());
    }

    private MongoGridFsException revisionNotFound(int wanted) {
        return new MongoGridFsException(
                Reason.REVISION_NOT_FOUND, "There are files with " + described() + ", but no revision " + wanted);
    }

    private String described() {
        String name = filter.getFirstKey();
        return (name.equals("_id") ? "id " : "filename ") + filter.get(name);
    }
}
