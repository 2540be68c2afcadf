package dev.rotor.driver.core.op;

import dev.rotor.driver.model.CursorType;
import org.bson.BsonDocument;

/** What a command that opens a cursor, and its getMores, are to send. Written by whoever has just copied it. */
public final class RunCursorSpec extends QuerySpec<RunCursorSpec> {

    /** The command as it was given. */
    public final BsonDocument command;

    public CursorType cursorType = CursorType.NON_TAILABLE;

    /** Makes a spec of this command. */
    public RunCursorSpec(BsonDocument command) {
        this.command = command;
    }
}
