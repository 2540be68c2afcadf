package dev.rotor.driver.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.RawBsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a reply's bytes that notes what the driver needs and where it stands. Documents stay bytes until a
 * codec asks for them. Offsets are into {@link #frame}; -1 (or {@code null}) means "not there". A field whose value has
 * another type than the protocol says counts as not there.
 *
 * <p>Immutable. The pass checks the frame of everything at the top level and in {@code cursor}; documents further in
 * are checked when they are read.
 */
public final class ReplyEnvelope {

    static final DecoderContext DECODER_CONTEXT = DecoderContext.builder().build();

    private static final byte[] OK = ascii("ok");
    private static final byte[] CODE = ascii("code");
    private static final byte[] VALUE = ascii("value");
    private static final byte[] CURSOR = ascii("cursor");
    private static final byte[] ERRMSG = ascii("errmsg");
    private static final byte[] VALUES = ascii("values");
    private static final byte[] CODE_NAME = ascii("codeName");
    private static final byte[] UPSERTED = ascii("upserted");
    private static final byte[] N_MODIFIED = ascii("nModified");
    private static final byte[] ERROR_LABELS = ascii("errorLabels");
    private static final byte[] WRITE_ERRORS = ascii("writeErrors");
    private static final byte[] CLUSTER_TIME = ascii("$clusterTime");
    private static final byte[] OPERATION_TIME = ascii("operationTime");
    private static final byte[] RECOVERY_TOKEN = ascii("recoveryToken");
    private static final byte[] AT_CLUSTER_TIME = ascii("atClusterTime");
    private static final byte[] TOPOLOGY_VERSION = ascii("topologyVersion");
    private static final byte[] WRITE_CONCERN_ERROR = ascii("writeConcernError");
    private static final byte[] ID = ascii("id");
    private static final byte[] NS = ascii("ns");
    private static final byte[] FIRST_BATCH = ascii("firstBatch");
    private static final byte[] NEXT_BATCH = ascii("nextBatch");
    private static final byte[] RESUME_TOKEN = ascii("postBatchResumeToken");

    private final byte[] frame;
    private final int flags;
    private final int body;
    private final int bodyEnd;

    private boolean ok;
    private int code = -1;
    private long n = -1;
    private long nModified = -1;
    private long cursorId;
    private long operationTime;
    private long atClusterTime;
    private int codeName = -1;
    private int errorMessage = -1;
    private int cursor = -1;
    private int cursorNamespace = -1;
    private int batch = -1;
    private int resumeToken = -1;
    private int clusterTime = -1;
    private int writeErrors = -1;
    private int writeConcernError = -1;
    private int upserted = -1;
    private int value = -1;
    private int values = -1;
    private int recoveryToken = -1;
    private int topologyVersion = -1;
    private Set<String> errorLabels = Set.of();

    private ReplyEnvelope(byte[] frame) {
        this.frame = frame;
        this.flags = OpMsgFrame.check(frame);
        int sectionsEnd = OpMsgFrame.sectionsEnd(frame, flags);
        this.body = OpMsgFrame.body(frame, sectionsEnd);
        this.bodyEnd = body + LittleEndian.getInt(frame, body);
        scanBody();
    }

    /**
     * Parses one whole message.
     *
     * @param frame the message, header included; not copied, and not to be changed from now on
     * @throws MalformedMessageException if it is not an OP_MSG with one well-framed body
     */
    public static ReplyEnvelope parse(byte[] frame) {
        return new ReplyEnvelope(frame);
    }

    /** The {@code requestID} of a message's header: what the next reply answers, where several come. */
    public int requestId() {
        return LittleEndian.getInt(frame, 4);
    }

    /** The whole message, header included; the garbage collector's. */
    public byte[] frame() {
        return frame;
    }

    /** The {@code responseTo} of the header. */
    public int responseTo() {
        return LittleEndian.getInt(frame, 8);
    }

    /** The moreToCome flag: another reply to the same request follows by itself. */
    public boolean moreToCome() {
        return (flags & OpMsgFrame.MORE_TO_COME) != 0;
    }

    /** Where the reply document starts. */
    public int bodyOffset() {
        return body;
    }

    /** The reply document's length in bytes. */
    public int bodyLength() {
        return bodyEnd - body;
    }

    /** Whether {@code ok} is 1. */
    public boolean ok() {
        return ok;
    }

    /** {@code code}, or -1. */
    public int code() {
        return code;
    }

    /** {@code codeName}, or empty. */
    public String codeName() {
        return codeName < 0 ? "" : BsonElements.string(frame, codeName);
    }

    /** {@code errmsg}, or empty. */
    public String errorMessage() {
        return errorMessage < 0 ? "" : BsonElements.string(frame, errorMessage);
    }

    /** {@code errorLabels}; usually the shared empty set. */
    public Set<String> errorLabels() {
        return errorLabels;
    }

    /** {@code n} as a number, or -1. */
    public long n() {
        return n;
    }

    /** {@code nModified} as a number, or -1. */
    public long nModified() {
        return nModified;
    }

    /** {@code cursor.id}, or 0. */
    public long cursorId() {
        return cursorId;
    }

    /** Whether there is a {@code cursor} document. */
    public boolean hasCursor() {
        return cursor >= 0;
    }

    /** Where the document {@code cursor} starts, or -1. */
    public int cursorOffset() {
        return cursor;
    }

    /** {@code cursor.ns}, or {@code null}. */
    public @Nullable String cursorNamespace() {
        return cursorNamespace < 0 ? null : BsonElements.string(frame, cursorNamespace);
    }

    /** Where the array {@code cursor.firstBatch} or {@code cursor.nextBatch} starts (its length prefix), or -1. */
    public int batchOffset() {
        return batch;
    }

    /** Where the document {@code cursor.postBatchResumeToken} starts, or -1. */
    public int postBatchResumeTokenOffset() {
        return resumeToken;
    }

    /** Where the document {@code $clusterTime} starts, or -1. */
    public int clusterTimeOffset() {
        return clusterTime;
    }

    /** {@code operationTime} as a BSON timestamp's value, or 0. */
    public long operationTime() {
        return operationTime;
    }

    /** {@code atClusterTime} of a snapshot read, at the top or in {@code cursor}, as a BSON timestamp's value, or 0. */
    public long atClusterTime() {
        return atClusterTime;
    }

    /** Where the array {@code writeErrors} starts, or -1. */
    public int writeErrorsOffset() {
        return writeErrors;
    }

    /** Where the document {@code writeConcernError} starts, or -1. */
    public int writeConcernErrorOffset() {
        return writeConcernError;
    }

    /** Where the array {@code upserted} starts, or -1. */
    public int upsertedOffset() {
        return upserted;
    }

    /** Where the document {@code value} of findAndModify starts, or -1 where it is absent or null. */
    public int valueOffset() {
        return value;
    }

    /** Where the array {@code values} of distinct starts, or -1. */
    public int valuesOffset() {
        return values;
    }

    /** Where the document {@code recoveryToken} starts, or -1. */
    public int recoveryTokenOffset() {
        return recoveryToken;
    }

    /** Where the document {@code topologyVersion} starts, or -1. */
    public int topologyVersionOffset() {
        return topologyVersion;
    }

    /**
     * The document at an offset, decoded; the reader copies nothing that the decoder does not ask for, and a
     * {@link RawBsonDocument} is a view of the frame.
     *
     * @throws org.bson.BsonSerializationException if the bytes are not BSON; whatever else the decoder throws
     */
    public <T> T decodeDocument(int offset, Decoder<T> decoder) {
        int length = BsonElements.documentEnd(frame, offset, bodyEnd) - offset;
        T view = rawView(frame, offset, length, decoder);
        if (view != null) {
            return view;
        }
        try {
            return decoder.decode(new BsonBinaryReader(new FrameBsonInput(frame, offset, length)), DECODER_CONTEXT);
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    /**
     * Where a document stands within another one.
     *
     * @param document where the outer one starts
     * @param name the element's name, without an end
     * @return where the inner one starts, or -1 when there is no document of that name
     * @throws MalformedMessageException if the outer one is no BSON
     */
    public int innerDocument(int document, byte[] name) {
        int end = BsonElements.documentEnd(frame, document, bodyEnd) - 1;
        int at = document + 4;
        while (at < end) {
            int type = frame[at] & 0xFF;
            int zero = BsonElements.nameEnd(frame, at + 1, end);
            int after = BsonElements.valueEnd(frame, type, zero + 1, end);
            if (zero - at - 1 == name.length && is(at + 1, name)) {
                return ifType(type, BsonElements.DOCUMENT, zero + 1);
            }
            at = after;
        }
        return -1;
    }

    /** A walk over the documents of an array, for example of {@link #batchOffset}. */
    public DocumentArray documents(int arrayOffset) {
        return new DocumentArray(frame, arrayOffset);
    }

    /**
     * The whole reply as a document; its own bytes, copied once. For errors, events and runCommand.
     *
     * @throws MalformedMessageException if something in it is not BSON
     */
    public BsonDocument document() {
        return document(body);
    }

    /**
     * The document at an offset; its own bytes, copied once.
     *
     * @throws MalformedMessageException if something in it is not BSON
     */
    public BsonDocument document(int offset) {
        int end = BsonElements.validate(frame, offset, bodyEnd);
        return new RawBsonDocument(Arrays.copyOfRange(frame, offset, end));
    }

    /** A document as a view of the array when that is what the decoder makes, otherwise {@code null}. */
    @SuppressWarnings("unchecked") // That decoder's T is RawBsonDocument.
    static <T> @Nullable T rawView(byte[] frame, int offset, int length, Decoder<T> decoder) {
        return decoder instanceof RawBsonDocumentCodec ? (T) new RawBsonDocument(frame, offset, length) : null;
    }

    /** Legal BSON that no server would have stored; the decoders of nested documents recurse. */
    static MalformedMessageException tooDeep() {
        return new MalformedMessageException("documents nested too deeply to be decoded");
    }

    private void scanBody() {
        int end = bodyEnd - 1;
        int at = body + 4;
        while (at < end) {
            int type = frame[at] & 0xFF;
            int name = at + 1;
            int zero = BsonElements.nameEnd(frame, name, end);
            int after = BsonElements.valueEnd(frame, type, zero + 1, end);
            note(type, name, zero - name, zero + 1);
            at = after;
        }
    }

    private void scanCursor(int document) {
        cursor = document;
        int end = document + LittleEndian.getInt(frame, document) - 1;
        int at = document + 4;
        while (at < end) {
            int type = frame[at] & 0xFF;
            int name = at + 1;
            int zero = BsonElements.nameEnd(frame, name, end);
            int after = BsonElements.valueEnd(frame, type, zero + 1, end);
            noteCursor(type, name, zero - name, zero + 1);
            at = after;
        }
    }

    /** Most names can be told by their length alone; the comparison makes sure. */
    private void note(int type, int name, int length, int at) {
        switch (length) {
            case 1 -> {
                if (frame[name] == 'n') {
                    n = BsonElements.number(frame, type, at, -1);
                }
            }
            case 2 -> {
                if (is(name, OK)) {
                    ok = isOne(type, at);
                }
            }
            case 4 -> {
                if (is(name, CODE)) {
                    code = (int) BsonElements.number(frame, type, at, -1);
                }
            }
            case 5 -> {
                if (is(name, VALUE)) {
                    value = ifType(type, BsonElements.DOCUMENT, at);
                }
            }
            case 6 -> {
                if (is(name, CURSOR)) {
                    if (type == BsonElements.DOCUMENT) {
                        scanCursor(at);
                    }
                } else if (is(name, ERRMSG)) {
                    errorMessage = ifType(type, BsonElements.STRING, at);
                } else if (is(name, VALUES)) {
                    values = ifType(type, BsonElements.ARRAY, at);
                }
            }
            case 8 -> {
                if (is(name, CODE_NAME)) {
                    codeName = ifType(type, BsonElements.STRING, at);
                } else if (is(name, UPSERTED)) {
                    upserted = ifType(type, BsonElements.ARRAY, at);
                }
            }
            case 9 -> {
                if (is(name, N_MODIFIED)) {
                    nModified = BsonElements.number(frame, type, at, -1);
                }
            }
            case 11 -> {
                if (is(name, WRITE_ERRORS)) {
                    writeErrors = ifType(type, BsonElements.ARRAY, at);
                } else if (is(name, ERROR_LABELS) && type == BsonElements.ARRAY) {
                    errorLabels = strings(at);
                }
            }
            case 12 -> {
                if (is(name, CLUSTER_TIME)) {
                    clusterTime = ifType(type, BsonElements.DOCUMENT, at);
                }
            }
            case 13 -> {
                if (is(name, OPERATION_TIME)) {
                    operationTime = timestamp(type, at);
                } else if (is(name, RECOVERY_TOKEN)) {
                    recoveryToken = ifType(type, BsonElements.DOCUMENT, at);
                } else if (is(name, AT_CLUSTER_TIME)) {
                    atClusterTime = timestamp(type, at);
                }
            }
            case 15 -> {
                if (is(name, TOPOLOGY_VERSION)) {
                    topologyVersion = ifType(type, BsonElements.DOCUMENT, at);
                }
            }
            case 17 -> {
                if (is(name, WRITE_CONCERN_ERROR)) {
                    writeConcernError = ifType(type, BsonElements.DOCUMENT, at);
                }
            }
            default -> {}
        }
    }

    private void noteCursor(int type, int name, int length, int at) {
        switch (length) {
            case 2 -> {
                if (is(name, ID)) {
                    cursorId = BsonElements.number(frame, type, at, 0);
                } else if (is(name, NS)) {
                    cursorNamespace = ifType(type, BsonElements.STRING, at);
                }
            }
            case 9 -> {
                if (is(name, NEXT_BATCH)) {
                    batch = ifType(type, BsonElements.ARRAY, at);
                }
            }
            case 10 -> {
                if (is(name, FIRST_BATCH)) {
                    batch = ifType(type, BsonElements.ARRAY, at);
                }
            }
            case 13 -> {
                if (is(name, AT_CLUSTER_TIME)) {
                    atClusterTime = timestamp(type, at);
                }
            }
            case 20 -> {
                if (is(name, RESUME_TOKEN)) {
                    resumeToken = ifType(type, BsonElements.DOCUMENT, at);
                }
            }
            default -> {}
        }
    }

    private boolean is(int name, byte[] expected) {
        return Arrays.equals(frame, name, name + expected.length, expected, 0, expected.length);
    }

    private boolean isOne(int type, int at) {
        return type == BsonElements.DOUBLE
                ? Double.longBitsToDouble(LittleEndian.getLong(frame, at)) == 1.0
                : BsonElements.number(frame, type, at, 0) == 1;
    }

    private long timestamp(int type, int at) {
        return type == BsonElements.TIMESTAMP ? LittleEndian.getLong(frame, at) : 0;
    }

    private static int ifType(int type, int expected, int at) {
        return type == expected ? at : -1;
    }

    private Set<String> strings(int array) {
        Set<String> strings = new LinkedHashSet<>();
        int end = array + LittleEndian.getInt(frame, array) - 1;
        int at = array + 4;
        while (at < end) {
            int type = frame[at] & 0xFF;
            int start = BsonElements.nameEnd(frame, at + 1, end) + 1;
            at = BsonElements.valueEnd(frame, type, start, end);
            if (type == BsonElements.STRING) {
                strings.add(BsonElements.string(frame, start));
            }
        }
        return Collections.unmodifiableSet(strings);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
