package dev.rotor.gridfs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Where a download is written to, by calls that may block and that follow one another. */
interface BlockingTarget {

    /** Before anything else. */
    void open() throws IOException;

    /** Writes all of it. */
    void write(ByteBuffer bytes) throws IOException;

    /** All is written. */
    void commit() throws IOException;

    /** It failed, perhaps in {@link #commit}. */
    void discard() throws IOException;

    /** A stream that its owner closes. */
    record OfStream(OutputStream stream) implements BlockingTarget {

        @Override
        public void open() {
            // Its owner has.
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }

        @Override
        public void commit() throws IOException {
            stream.flush();
        }

        @Override
        public void discard() {
            // What is written is written.
        }
    }

    /** A file that has its name only when it is complete. */
    final class OfFile implements BlockingTarget {

        private final Path wanted;
        private @Nullable Path target;
        private @Nullable Path part;
        private @Nullable FileChannel channel;

        OfFile(Path wanted) {
            this.wanted = wanted;
        }

        @Override
        public void open() throws IOException {
            // To follow a link replaces what it points to, and not the link.
            Path real = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath();
            if (Files.exists(real) && !Files.isRegularFile(real)) {
                throw new IOException(wanted + " is there and is no file");
            }
            Path beside = real.resolveSibling(".rotor-" + new ObjectId().toHexString() + ".part");
            channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            target = real;
            part = beside;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            FileChannel to = Objects.requireNonNull(channel);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }

        @Override
        public void commit() throws IOException {
            Objects.requireNonNull(channel).close();
            Path complete = Objects.requireNonNull(part);
            Path to = Objects.requireNonNull(target);
            try {
                Files.move(complete, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(complete, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        @Override
        public void discard() throws IOException {
            Path made = part;
            FileChannel opened = channel;
            try {
                if (opened != null) {
                    opened.close();
                }
            } finally {
                if (made != null) {
                    Files.deleteIfExists(made);
                }
            }
        }
    }
}
