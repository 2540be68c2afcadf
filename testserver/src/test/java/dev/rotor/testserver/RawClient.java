package dev.rotor.testserver;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonReader;
import dev.rotor.testserver.bson.BsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A client that is no driver: sends what it is told, and shows what comes back. */
final class RawClient implements AutoCloseable {

    private static final int OP_MSG = 2013;

    private final Socket socket;
    private final InputStream in;
    private int requestId = 1000;

    RawClient(String address) {
        int colon = address.lastIndexOf(':');
        try {
            socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reply with what stands around its body. */
    record Reply(int requestId, int responseTo, int opcode, int flags, Document body) {}

    /** Sends the command to the database and returns the reply's body. */
    Document run(String database, Document command) {
        send(0, command.clone().append("$db", database));
        return receive().body();
    }

    /** Sends the command to admin. */
    Document admin(Document command) {
        return run("admin", command);
    }

    /** Sends an OP_MSG with that body; returns its request id. */
    int send(int flags, Document body) {
        return send(flags, body, Map.of());
    }

    int send(int flags, Document body, Map<String, List<Document>> sequences) {
        BsonWriter out = new BsonWriter();
        out.int32(flags);
        out.int8(0);
        out.document(body);
        sequences.forEach((name, documents) -> {
            out.int8(1);
            int start = out.position();
            out.int32(0);
            out.cString(name);
            documents.forEach(out::document);
            out.int32At(start, out.position() - start);
        });
        return sendMessage(OP_MSG, out.toBytes());
    }

    /** Sends a message of any opcode. */
    int sendMessage(int opcode, byte[] body) {
        int id = ++requestId;
        BsonWriter header = new BsonWriter();
        header.int32(body.length + 16);
        header.int32(id);
        header.int32(0);
        header.int32(opcode);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.toBytes());
        bytes.writeBytes(body);
        sendBytes(bytes.toByteArray());
        return id;
    }

    void sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next message, and gives it as it is. */
    byte[] receiveMessage() {
        try {
            byte[] start = in.readNBytes(4);
            if (start.length < 4) {
                throw new EOFException();
            }
            byte[] message = Arrays.copyOf(start, int32(start, 0));
            new DataInputStream(in).readFully(message, 4, message.length - 4);
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next message; an UncheckedIOException with an EOFException inside if the server has closed. */
    Reply receive() {
        try {
            byte[] header = in.readNBytes(16);
            if (header.length < 16) {
                throw new EOFException();
            }
            int length = int32(header, 0);
            byte[] body = new byte[length - 16];
            new DataInputStream(in).readFully(body);
            int opcode = int32(header, 12);
            int documentAt = opcode == OP_MSG ? 5 : 20;
            int flags = int32(body, 0);
            int end = opcode == OP_MSG && (flags & 1) != 0 ? body.length - 4 : body.length;
            return new Reply(
                    int32(header, 4),
                    int32(header, 8),
                    opcode,
                    flags,
                    new BsonReader(body, documentAt, end).readDocument());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server closes the connection without another byte. */
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
