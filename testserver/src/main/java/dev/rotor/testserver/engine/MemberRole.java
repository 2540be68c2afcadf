package dev.rotor.testserver.engine;

/** What a member is at the moment. */
public enum MemberRole {
    /** A mongod outside any replica set. */
    STANDALONE,
    /** Takes writes. */
    PRIMARY,
    /** Takes reads. */
    SECONDARY,
    /** Neither, such as a member that is starting, or has been left alone. */
    RECOVERING,
    /** A router. */
    MONGOS;

    /** Whether writes are taken. */
    public boolean isWritable() {
        return this == STANDALONE || this == PRIMARY || this == MONGOS;
    }
}
