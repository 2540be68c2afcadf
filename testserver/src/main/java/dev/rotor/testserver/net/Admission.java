package dev.rotor.testserver.net;

/** Decides which new connections are served. */
public interface Admission {

    /** Refuse the connection. */
    long REFUSED = -1;

    /**
     * For how many nanoseconds a connection that was just accepted has to wait; 0 for none, {@link #REFUSED} if it is
     * closed.
     */
    long admit();

    /** A connection has waited as long as it had to. */
    void waited();
}
