package dev.rotor.driver.model.changestream;

import java.util.Objects;

/** The kind of change that a change stream reports, as the Change Streams specification lists them. */
public enum OperationType {
    /** A document was inserted. */
    INSERT("insert"),
    /** A document was updated. */
    UPDATE("update"),
    /** A document was replaced. */
    REPLACE("replace"),
    /** A document was deleted. */
    DELETE("delete"),
    /** The stream ends: what it watched is gone. */
    INVALIDATE("invalidate"),
    /** A collection was dropped. */
    DROP("drop"),
    /** A database was dropped. */
    DROP_DATABASE("dropDatabase"),
    /** A collection was renamed. */
    RENAME("rename"),
    /** A collection or view was created; needs expanded events. */
    CREATE("create"),
    /** Indexes were created; needs expanded events. */
    CREATE_INDEXES("createIndexes"),
    /** Indexes were dropped; needs expanded events. */
    DROP_INDEXES("dropIndexes"),
    /** A collection was changed; needs expanded events. */
    MODIFY("modify"),
    /** A collection was sharded; needs expanded events. */
    SHARD_COLLECTION("shardCollection"),
    /** A shard key got more fields; needs expanded events. */
    REFINE_COLLECTION_SHARD_KEY("refineCollectionShardKey"),
    /** A collection got another shard key; needs expanded events. */
    RESHARD_COLLECTION("reshardCollection"),
    /** Something that this version of the driver does not know. */
    OTHER("other");

    private final String wireName;

    OperationType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How the server writes it.
     *
     * @return for example {@code "dropDatabase"}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The kind of that name.
     *
     * @param wireName how the server writes it
     * @return the kind; {@link #OTHER} for a name that is not known
     */
    public static OperationType of(String wireName) {
        Objects.requireNonNull(wireName, "wireName");
        for (OperationType type : values()) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        return OTHER;
    }
}
