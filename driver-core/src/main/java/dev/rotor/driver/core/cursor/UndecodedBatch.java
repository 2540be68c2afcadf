package dev.rotor.driver.core.cursor;

import dev.rotor.driver.RawBatch;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/** A batch that is its own and only result, unless it has no documents. */
final class UndecodedBatch extends DocumentBatch<RawBatch> {

    private final ReplyEnvelope reply;
    private final boolean hasDocuments;
    private boolean passed;
    private @Nullable RawBatch result;

    UndecodedBatch(ReplyEnvelope reply, ServerAddress server) {
        super(reply, undecoded(), server);
        this.reply = reply;
        this.hasDocuments = super.hasMore();
    }

    @Override
    public boolean hasMore() {
        return hasDocuments && !passed;
    }

    @Override
    public boolean advance() {
        boolean more = hasMore();
        passed = true;
        return more;
    }

    @Override
    public RawBatch read() {
        RawBatch present = result;
        if (present == null) {
            try {
                present = new ReplyBatch(reply.frame(), reply.batchOffset());
            } catch (MalformedMessageException e) {
                throw unreadable(e);
            }
            result = present;
        }
        return present;
    }
}
