package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.wire.CommandWriter;

/**
 * Puts a command together: what the operation itself says, then what its time limit, its session, its view, the
 * deployment and the client add, then the document sequences.
 */
final class CommandForm {

    private CommandForm() {}

    /**
     * Writes a command.
     *
     * @param sender the execution, which has a server and a connection
     * @throws MongoTimeoutException if its reply would come too late, so that nothing is to be sent
     */
    static void write(CommandWriter out, HoldingFuture<?> sender, ConnectionDescription to) {
        Operation<?> operation = sender.operation;
        while (!writeAsJudged(out, operation, sender, to)) {
            out.startOver();
        }
        if (!operation.isAcknowledged()) {
            out.unacknowledged();
        }
        Decoration.checkSize(out, to);
        if (sender.deadline != Deadline.NONE) {
            // Once more: writing a large command takes time, too.
            millisForServer(sender);
        }
    }

    /**
     * Writes everything; whether the command can be retried is said in front of the statements that decide it.
     *
     * @return whether these have left it at that
     */
    private static boolean writeAsJudged(
            CommandWriter out, Operation<?> operation, HoldingFuture<?> sender, ConnectionDescription to) {
        operation.writeBody(out, to);
        RetryKind judged = sender.retryKind();
        boolean unlimited = sender.deadline == Deadline.NONE || !sender.hasTimeout;
        long maxTime = operation.maxTimeMillis(unlimited ? Timeouts.UNLIMITED : millisForServer(sender));
        if (maxTime != Timeouts.UNLIMITED) {
            out.putInt64(Names.MAX_TIME_MS, maxTime);
        }
        Decoration.concerns(out, operation, to, sender.use);
        if (operation.isAcknowledged()) {
            sender.writeSession(out, to);
        }
        Decoration.ofDeployment(out, operation, to, sender.server(), sender.engine, sender.use);
        out.endBody();
        operation.writeSequences(out, to);
        return sender.retryKind() == judged;
    }

    /** How long the server may take. */
    private static long millisForServer(HoldingFuture<?> sender) {
        Server target = sender.server();
        long now = sender.engine.clock.nanoTime();
        long roundTrip = sender.hasTimeout ? target.minRoundTripNanos() : 0;
        long left = Timeouts.millisForServer(sender.deadline, now, roundTrip);
        if (left <= 0) {
            throw Timeouts.nothingLeft(
                    sender.operation.commandName(),
                    target.address(),
                    sender.operation.scope().timeoutNanos(),
                    Deadline.remaining(sender.deadline, now),
                    roundTrip);
        }
        return left;
    }
}
