package dev.rotor.driver.core.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A server session: the identity under which retryable writes and transactions are remembered by the server. Lent to
 * one operation, cursor or client session at a time; not thread-safe beyond that hand-over.
 */
public final class ServerSession {

    private final UUID id;
    private final byte[] lsidElement;
    private long lastUse;
    private long txnNumber;
    private boolean dirty;

    ServerSession(UUID id, long now) {
        this.id = id;
        this.lsidElement = encode(id);
        this.lastUse = now;
    }

    /** The session's id. */
    public UUID id() {
        return id;
    }

    /** The finished element {@code lsid: {id: UUID}}: type byte, name and value. */
    public byte[] lsidElement() {
        return lsidElement;
    }

    /** The next transaction number of this session, from 1. */
    public long nextTxnNumber() {
        return ++txnNumber;
    }

    /** Notes that a command was sent with it at this time. */
    public void used(long now) {
        lastUse = now;
    }

    /** Notes that a network error hit a command sent with it: nobody knows what the server did, so it is not reused. */
    public void markDirty() {
        dirty = true;
    }

    boolean isDirty() {
        return dirty;
    }

    long lastUse() {
        return lastUse;
    }

    /** The bytes of the document {@code {id: UUID}}. */
    byte[] idDocument() {
        int start = 1 + "lsid".length() + 1;
        byte[] document = new byte[lsidElement.length - start];
        System.arraycopy(lsidElement, start, document, 0, document.length);
        return document;
    }

    private static byte[] encode(UUID id) {
        // {id: BinData(4, …)} is 4 length + 1 type + 3 name + 4 length + 1 subtype + 16 bytes + 1 end.
        int documentLength = 4 + 1 + 3 + 4 + 1 + 16 + 1;
        ByteBuffer out = ByteBuffer.allocate(1 + 5 + documentLength).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x03).put("lsid\0".getBytes(StandardCharsets.US_ASCII));
        out.putInt(documentLength);
        out.put((byte) 0x05).put("id\0".getBytes(StandardCharsets.US_ASCII));
        out.putInt(16).put((byte) 4);
        out.order(java.nio.ByteOrder.BIG_ENDIAN)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        out.put((byte) 0);
        return out.array();
    }
}
