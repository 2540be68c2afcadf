package dev.rotor.gridfs.http;

import dev.rotor.gridfs.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Makes the entity tag of a file out of what is known of it: nobody reads the contents for it. */
final class FileTag {

    /** Bytes of the digest that are sent: nobody finds two files by chance that share as many. */
    private static final int LENGTH = 16;

    private FileTag() {}

    /**
     * A strong tag. The contents of a file never change, so its id says which they are; the time and the length are for
     * ids that applications use again. With {@code metadata.sha256} it is that digest instead, so that storing the same
     * contents anew leaves what clients have valid. What else is in the metadata makes no difference, but for the media
     * type and how the file is compressed: the same bytes mean something else under another type.
     */
    static EntityTag of(BsonDocument file, String contentType, List<String> codings) {
        BsonDocument known = new BsonDocument();
        BsonValue metadata = file.get("metadata");
        BsonValue sha256 = metadata != null && metadata.isDocument()
                ? metadata.asDocument().get("sha256")
                : null;
        if (sha256 != null && sha256.isString() && isSha256(sha256.asString().getValue())) {
            known.append("sha256", sha256);
            copy(file, "length", known);
        } else {
            copy(file, "_id", known);
            copy(file, "uploadDate", known);
            copy(file, "length", known);
            copy(file, "md5", known);
        }
        MessageDigest digest = Sha256.begin();
        ByteBuffer bytes = new RawBsonDocument(known, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO();
        digest.update(bytes);
        digest.update(contentType.getBytes(StandardCharsets.UTF_8));
        for (String coding : codings) {
            // No media type has a line feed.
            digest.update((byte) '\n');
            digest.update(coding.getBytes(StandardCharsets.UTF_8));
        }
        byte[] tag = Arrays.copyOf(digest.digest(), LENGTH);
        return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(tag), false);
    }

    private static void copy(BsonDocument from, String name, BsonDocument to) {
        BsonValue value = from.get(name);
        if (value != null) {
            to.append(name, value);
        }
    }

    private static boolean isSha256(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.length() == 64 && lower.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
