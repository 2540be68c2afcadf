package dev.rotor.gridfs.http;

import dev.rotor.gridfs.GridFsDownload;
import dev.rotor.gridfs.GridFsFile;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for a file.
 *
 * @param download the contents
 * @param file the file that has them
 * @param filename the name of the file that was asked for, which a compressed sibling does not have
 * @param contentType the media type of what was asked for
 * @param codings how the contents are compressed, in the order in which that was done
 * @param negotiated whether other clients may get something else
 */
record Representation(
        GridFsDownload download,
        GridFsFile file,
        @Nullable String filename,
        String contentType,
        List<String> codings,
        boolean negotiated) {

    /**
     * A file as it is stored.
     *
     * @param siblings whether compressed ones are looked for beside it
     */
    static Representation plain(GridFsDownload download, GridFsFile file, boolean siblings) {
        List<String> codings = ContentCoding.stored(file.document());
        String name = file.filename();
        String type = ContentTypes.of(file.document(), name == null ? null : ContentCoding.plainName(name, codings));
        return new Representation(download, file, name, type, codings, siblings || !codings.isEmpty());
    }

    /** The same, compressed: another file with the name and the type of this one. */
    Representation compressed(GridFsDownload other, GridFsFile sibling, String coding) {
        return new Representation(other, sibling, filename, contentType, List.of(coding), true);
    }

    /** Whether this file was not stored before another one. */
    static boolean isAsNew(GridFsFile file, GridFsFile other) {
        Instant date = modified(file);
        Instant otherDate = modified(other);
        return date != null && otherDate != null && !date.isBefore(otherDate);
    }

    /** When it was stored, or null if that is not known: documents that other programs wrote may lack it. */
    static @Nullable Instant modified(GridFsFile file) {
        BsonDocument document = file.document();
        BsonValue date = document.get("uploadDate");
        return date != null && date.isDateTime()
                ? Instant.ofEpochMilli(date.asDateTime().getValue())
                : null;
    }
}
