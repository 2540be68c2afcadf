package dev.rotor.examples.recording;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is asked on one wire, until the answer is there and goes to the tape. Any thread. */
final class Conversation {

    private final Tape tape;
    /** The commands that have not been answered, by the numbers of their messages. */
    private final Map<Integer, String> asked = new ConcurrentHashMap<>();

    Conversation(Tape tape) {
        this.tape = tape;
    }

    /** Leaves the buffers' positions alone. */
    void asks(ByteBuffer... message) {
        byte[] start = Tape.start(message);
        String command = Tape.command(start);
        if (command != null) {
            asked.put(Tape.number(start), command);
        }
    }

    void answers(byte[] message) {
        String command = asked.remove(Tape.answers(message));
        if (command != null) {
            tape.add(command, message);
        }
    }
}
