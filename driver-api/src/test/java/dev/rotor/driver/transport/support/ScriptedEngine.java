package dev.rotor.driver.transport.support;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An engine of TLS 1.3 that encrypts nothing: a record is a byte that says how many follow. What is scripted comes
 * before that.
 */
final class ScriptedEngine extends SSLEngine {

    /** What one call does. */
    @FunctionalInterface
    interface Step {
        SSLEngineResult go(ByteBuffer from, ByteBuffer into) throws SSLException;
    }

    private static final int RECORD_BYTES = 100;

    final Deque<Step> wraps = new ArrayDeque<>();
    final Deque<Step> unwraps = new ArrayDeque<>();
    final Deque<Runnable> tasks = new ArrayDeque<>();
    HandshakeStatus status = HandshakeStatus.NOT_HANDSHAKING;

    static SSLEngineResult ok(HandshakeStatus status, int consumed, int produced) {
        return new SSLEngineResult(Status.OK, status, consumed, produced);
    }

    /** Says so many bytes of its own, whatever it is given. */
    static Step says(int bytes) {
        return (from, into) -> {
            into.put(new byte[bytes]);
            return ok(HandshakeStatus.NOT_HANDSHAKING, 0, bytes);
        };
    }

    static Step fails(String words) {
        return (from, into) -> {
            throw new SSLException(words);
        };
    }

    /** The record that says this. */
    static byte[] record(byte... payload) {
        byte[] record = new byte[payload.length + 1];
        record[0] = (byte) payload.length;
        System.arraycopy(payload, 0, record, 1, payload.length);
        return record;
    }

    /** A step that reads a record for which there is nothing to pass on. */
    static Step takes(HandshakeStatus then) {
        return (from, into) -> {
            int length = 1 + from.get(from.position());
            from.position(from.position() + length);
            return ok(then, length, 0);
        };
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int count, ByteBuffer into) throws SSLException {
        ByteBuffer first = from[offset];
        for (int i = offset; i < offset + count && !first.hasRemaining(); i++) {
            first = from[i];
        }
        Step scripted = wraps.poll();
        if (scripted != null) {
            return scripted.go(first, into);
        }
        int length = Math.min(first.remaining(), RECORD_BYTES);
        if (length == 0) {
            return ok(HandshakeStatus.NOT_HANDSHAKING, 0, 0);
        }
        if (into.remaining() <= length) {
            return new SSLEngineResult(Status.BUFFER_OVERFLOW, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
        }
        into.put((byte) length).put(first.slice(first.position(), length));
        first.position(first.position() + length);
        return ok(HandshakeStatus.NOT_HANDSHAKING, length, length + 1);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] into, int offset, int count) throws SSLException {
        if (!from.hasRemaining() || from.remaining() <= from.get(from.position())) {
            return new SSLEngineResult(Status.BUFFER_UNDERFLOW, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
        }
        Step scripted = unwraps.poll();
        if (scripted != null) {
            return scripted.go(from, into[offset]);
        }
        int length = from.get();
        into[offset].put(from.slice(from.position(), length));
        from.position(from.position() + length);
        return ok(HandshakeStatus.NOT_HANDSHAKING, length + 1, length);
    }

    @Override
    public SSLSession getSession() {
        return (SSLSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SSLSession.class}, (p, method, a) -> {
                    return switch (method.getName()) {
                        case "getProtocol" -> "TLSv1.3";
                        case "getPacketBufferSize" -> RECORD_BYTES + 1;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return tasks.poll();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return status;
    }

    @Override
    public void beginHandshake() {}

    @Override
    public void closeInbound() {}

    @Override
    public boolean isInboundDone() {
        return false;
    }

    @Override
    public void closeOutbound() {}

    @Override
    public boolean isOutboundDone() {
        return false;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return new String[0];
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[0];
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }
}
