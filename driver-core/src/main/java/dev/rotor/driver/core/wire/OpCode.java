package dev.rotor.driver.core.wire;

/** Operation codes of the wire protocol. */
public final class OpCode {

    /** The one operation that servers and drivers speak today. */
    public static final int OP_MSG = 2013;
    /** Another operation's message, compressed. */
    public static final int OP_COMPRESSED = 2012;
    /** The reply to operations that no supported server needs any more. */
    public static final int OP_REPLY = 1;

    private OpCode() {}
}
