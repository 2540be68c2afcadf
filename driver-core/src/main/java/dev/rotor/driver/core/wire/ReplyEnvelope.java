package dev.rotor.driver.core.wire;

import java.util.Set;
import org.bson.BsonDocument;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a reply's bytes that notes what the driver needs and where it stands. Documents stay bytes until a
 * codec asks for them. Offsets are into {@link #frame}; -1 (or {@code null}) means "not there".
 */
public abstract class ReplyEnvelope {

    /** The whole message, header included; the garbage collector's. */
    public abstract byte[] frame();

    /** The {@code responseTo} of the header. */
    public abstract int responseTo();

    /** The moreToCome flag: another reply to the same request follows by itself. */
    public abstract boolean moreToCome();

    /** Where the reply document starts. */
    public abstract int bodyOffset();

    /** The reply document's length in bytes. */
    public abstract int bodyLength();

    /** Whether {@code ok} is 1. */
    public abstract boolean ok();

    /** {@code code}, or -1. */
    public abstract int code();

    /** {@code codeName}, or empty. */
    public abstract String codeName();

    /** {@code errmsg}, or empty. */
    public abstract String errorMessage();

    /** {@code errorLabels}; usually the shared empty set. */
    public abstract Set<String> errorLabels();

    /** {@code n} as a number, or -1. */
    public abstract long n();

    /** {@code nModified} as a number, or -1. */
    public abstract long nModified();

    /** {@code cursor.id}, or 0. */
    public abstract long cursorId();

    /** Whether there is a {@code cursor} document. */
    public abstract boolean hasCursor();

    /** {@code cursor.ns}, or {@code null}. */
    public abstract @Nullable String cursorNamespace();

    /** Where the array {@code cursor.firstBatch} or {@code cursor.nextBatch} starts (its length prefix), or -1. */
    public abstract int batchOffset();

    /** Where the document {@code cursor.postBatchResumeToken} starts, or -1. */
    public abstract int postBatchResumeTokenOffset();

    /** Where the document {@code $clusterTime} starts, or -1. */
    public abstract int clusterTimeOffset();

    /** {@code operationTime} as a BSON timestamp's value, or 0. */
    public abstract long operationTime();

    /** Where the array {@code writeErrors} starts, or -1. */
    public abstract int writeErrorsOffset();

    /** Where the document {@code writeConcernError} starts, or -1. */
    public abstract int writeConcernErrorOffset();

    /** Where the array {@code upserted} starts, or -1. */
    public abstract int upsertedOffset();

    /** Where the document {@code value} of findAndModify starts, or -1 where it is absent or null. */
    public abstract int valueOffset();

    /** Where the array {@code values} of distinct starts, or -1. */
    public abstract int valuesOffset();

    /** Where the document {@code recoveryToken} starts, or -1. */
    public abstract int recoveryTokenOffset();

    /** The document at an offset, decoded; the reader copies nothing that the decoder does not ask for. */
    public abstract <T> T decodeDocument(int offset, Decoder<T> decoder);

    /** The whole reply as a document; its own bytes, copied once. For errors, events and runCommand. */
    public abstract BsonDocument document();
}
