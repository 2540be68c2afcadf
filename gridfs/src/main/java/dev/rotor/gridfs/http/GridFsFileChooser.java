package dev.rotor.gridfs.http;

import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsDownload;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the file that a request is for. This is the place to look whether the client may have it. Called on the
 * server's thread or on an event loop: it must not block.
 */
@FunctionalInterface
public interface GridFsFileChooser {

    /**
     * Chooses a file.
     *
     * @param bucket where the files are
     * @param name what is behind the prefix in the request's path, percent-decoded; never empty, without control
     *     characters. It is the name of a file, no path: dots and slashes mean nothing. Where pre-compressed siblings
     *     are looked for, also such a name with {@code .gz} or the like behind it
     * @param request the request
     * @return the file; {@code null} if there is none for this client, which is told so by 404. A file that turns out
     *     not to exist means the same
     */
    CompletionStage<@Nullable GridFsDownload> choose(GridFsBucket bucket, String name, GridFsHttpRequest request);

    /**
     * The latest file of the name. The default.
     *
     * @return the chooser
     */
    static GridFsFileChooser byName() {
        return (bucket, name, request) -> CompletableFuture.completedFuture(bucket.openDownloadStreamByName(name));
    }

    /**
     * The file whose id is the {@code ObjectId} that the path's 24 hexadecimal digits are.
     *
     * @return the chooser
     */
    static GridFsFileChooser byId() {
        return byId(name -> ObjectId.isValid(name) ? new BsonObjectId(new ObjectId(name)) : null);
    }

    /**
     * The file of an id of any type.
     *
     * @param id makes the id out of the name; {@code null} where it is none, which the client is told by 404
     * @return the chooser
     */
    static GridFsFileChooser byId(Function<? super String, ? extends @Nullable BsonValue> id) {
        Objects.requireNonNull(id, "id");
        return (bucket, name, request) -> {
            BsonValue given = id.apply(name);
            return CompletableFuture.completedFuture(given == null ? null : bucket.openDownloadStream(given));
        };
    }
}
