package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import java.io.Serial;

/** A document that the server would refuse for its size. Nothing was sent, the connection is as good as before. */
final class DocumentTooLargeException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The code with which a server refuses such a document. */
    static final int CODE = 10334;

    /** What an update or delete statement may have around the documents in it. */
    private static final int STATEMENT_OVERHEAD = 16 * 1024;

    private final int index;

    private DocumentTooLargeException(int length, int index, int max, ConnectionDescription connection) {
        super(
                "Document " + index + " of the command is " + length + " bytes of BSON; " + connection.server()
                        + " takes at most " + max,
                null,
                CODE,
                connection.server());
        this.index = index;
    }

    /** The index of the statement in its command. */
    int index() {
        return index;
    }

    static boolean isTooLarge(int length, Statements.Kind kind, ConnectionDescription connection) {
        return length > max(kind, connection);
    }

    static void check(int length, Statements.Kind kind, int index, ConnectionDescription connection) {
        if (isTooLarge(length, kind, connection)) {
            throw new DocumentTooLargeException(length, index, max(kind, connection), connection);
        }
    }

    private static int max(Statements.Kind kind, ConnectionDescription connection) {
        int overhead = kind == Statements.Kind.INSERT ? 0 : STATEMENT_OVERHEAD;
        return connection.maxDocumentSize() + overhead;
    }
}
