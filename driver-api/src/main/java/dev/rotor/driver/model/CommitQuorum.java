package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Which members must have built an index before it is ready, as the Index Management specification defines it.
 *
 * @param value what goes into the command: a number of members or a name
 */
public record CommitQuorum(BsonValue value) {

    /** A majority of the voting members that hold data. */
    public static final CommitQuorum MAJORITY = named("majority");
    /** All voting members that hold data: the server's default. */
    public static final CommitQuorum VOTING_MEMBERS = named("votingMembers");

    /**
     * Checks the components.
     *
     * @param value a number of members or a name
     * @throws IllegalArgumentException if the value is neither a 32-bit number of 0 or more nor a name
     */
    public CommitQuorum {
        Objects.requireNonNull(value, "value");
        boolean number = value.isInt32() && value.asInt32().getValue() >= 0;
        boolean name = value.isString() && !value.asString().getValue().isEmpty();
        if (!number && !name) {
            throw new IllegalArgumentException(
                    "a commit quorum is a number of members, 0 or more, or a name; not " + value);
        }
    }

    /**
     * A number of members.
     *
     * @param members 0 or more
     * @return the quorum
     * @throws IllegalArgumentException if the number is negative
     */
    public static CommitQuorum members(int members) {
        return new CommitQuorum(new BsonInt32(members));
    }

    /**
     * A name.
     *
     * @param name {@code "majority"}, {@code "votingMembers"} or the name of a replica set tag
     * @return the quorum
     * @throws IllegalArgumentException if the name is empty
     */
    public static CommitQuorum named(String name) {
        return new CommitQuorum(new BsonString(name));
    }
}
