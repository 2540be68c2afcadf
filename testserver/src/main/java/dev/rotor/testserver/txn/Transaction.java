package dev.rotor.testserver.txn;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.storage.Overlay;
import java.time.Instant;

/** A multi-document transaction of a session. */
public final class Transaction {
    /** How far it is. */
    enum State {
        IN_PROGRESS,
        COMMITTED,
        ABORTED
    }

    private final Document lsid;
    private final long number;
    private final int member;
    private final Instant begun;
    private final Overlay overlay;
    private State state = State.IN_PROGRESS;

    Transaction(Document lsid, long number, int member, Instant begun, long readTime) {
        this.lsid = lsid;
        this.number = number;
        this.member = member;
        this.begun = begun;
        overlay = new Overlay(readTime);
    }

    Document lsid() {
        return lsid;
    }

    public long number() {
        return number;
    }

    int member() {
        return member;
    }

    Instant begun() {
        return begun;
    }

    /** Its uncommitted writes and what it sees. */
    public Overlay overlay() {
        return overlay;
    }

    State state() {
        return state;
    }

    void end(State reached) {
        state = reached;
    }
}
