package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Reads hello replies ("Parsing a hello or legacy hello response" of the Server Discovery and Monitoring
 * specification). A field of an unexpected BSON type counts as absent; an address that is none is an error, as the
 * topology could not be followed without it.
 */
final class HelloParser {

    private HelloParser() {}

    /**
     * The description that follows from a reply.
     *
     * @param address the server that replied
     * @param hello the reply
     * @param now the monotonic time, nanoseconds
     * @return a builder, to which the monitor adds round trip times; of type unknown unless the reply has {@code ok: 1}
     * @throws IllegalArgumentException if the reply names a server whose address cannot be understood
     */
    static ServerDescription.Builder parse(ServerAddress address, BsonDocument hello, long now) {
        ServerDescription.Builder description =
                ServerDescription.builder(address).lastUpdateTime(now);
        if (!isOk(hello)) {
            return description;
        }
        ServerType type = type(hello);
        description
                .type(type)
                .minWireVersion(integer(hello, "minWireVersion", 0))
                .maxWireVersion(integer(hello, "maxWireVersion", 0))
                .logicalSessionTimeoutMinutes(boxedInteger(hello, "logicalSessionTimeoutMinutes"))
                .topologyVersion(topologyVersion(hello))
                .iscryptd(isTrue(hello, "iscryptd"))
                .maxBsonObjectSize(integer(hello, "maxBsonObjectSize", 0))
                .maxMessageSizeBytes(integer(hello, "maxMessageSizeBytes", 0))
                .maxWriteBatchSize(integer(hello, "maxWriteBatchSize", 0))
                .lastWriteDate(lastWriteDate(hello));
        if (type != ServerType.RS_GHOST) {
            // A ghost has no hosts and no set name; whatever it says of them must not be used.
            description
                    .setName(string(hello, "setName"))
                    .setVersion(boxedInteger(hello, "setVersion"))
                    .electionId(objectId(hello, "electionId"))
                    .me(addressOrNull(hello, "me"))
                    .primary(addressOrNull(hello, "primary"))
                    .hosts(addresses(hello, "hosts"))
                    .passives(addresses(hello, "passives"))
                    .arbiters(addresses(hello, "arbiters"))
                    .tags(tags(hello));
        }
        return description;
    }

    /** The {@code topologyVersion} of a hello reply or of a state change error, or {@code null}. */
    static @Nullable TopologyVersion topologyVersion(BsonDocument reply) {
        BsonValue version = reply.get("topologyVersion");
        if (version == null || !version.isDocument()) {
            return null;
        }
        ObjectId processId = objectId(version.asDocument(), "processId");
        BsonValue counter = version.asDocument().get("counter");
        if (processId == null || counter == null || !counter.isNumber()) {
            return null;
        }
        return new TopologyVersion(processId, counter.asNumber().longValue());
    }

    private static boolean isOk(BsonDocument hello) {
        BsonValue ok = hello.get("ok");
        if (ok == null) {
            return false;
        }
        return ok.isBoolean()
                ? ok.asBoolean().getValue()
                : ok.isNumber() && ok.asNumber().doubleValue() == 1.0;
    }

    private static ServerType type(BsonDocument hello) {
        if (isTrue(hello, "isreplicaset")) {
            return ServerType.RS_GHOST;
        }
        if (string(hello, "setName") != null) {
            if (isTrue(hello, "hidden")) {
                return ServerType.RS_OTHER;
            }
            boolean writable = hello.containsKey("isWritablePrimary")
                    ? isTrue(hello, "isWritablePrimary")
                    : isTrue(hello, "ismaster");
            if (writable) {
                return ServerType.RS_PRIMARY;
            }
            if (isTrue(hello, "secondary")) {
                return ServerType.RS_SECONDARY;
            }
            return isTrue(hello, "arbiterOnly") ? ServerType.RS_ARBITER : ServerType.RS_OTHER;
        }
        return "isdbgrid".equals(string(hello, "msg")) ? ServerType.MONGOS : ServerType.STANDALONE;
    }

    private static @Nullable Instant lastWriteDate(BsonDocument hello) {
        BsonValue lastWrite = hello.get("lastWrite");
        if (lastWrite == null || !lastWrite.isDocument()) {
            return null;
        }
        BsonValue date = lastWrite.asDocument().get("lastWriteDate");
        return date != null && date.isDateTime()
                ? Instant.ofEpochMilli(date.asDateTime().getValue())
                : null;
    }

    private static TagSet tags(BsonDocument hello) {
        BsonValue value = hello.get("tags");
        if (value == null || !value.isDocument() || value.asDocument().isEmpty()) {
            return TagSet.EMPTY;
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, BsonValue> tag : value.asDocument().entrySet()) {
            if (tag.getValue() instanceof BsonString text) {
                tags.put(tag.getKey(), text.getValue());
            }
        }
        return new TagSet(tags);
    }

    private static Set<ServerAddress> addresses(BsonDocument hello, String name) {
        BsonValue value = hello.get(name);
        if (value == null || !value.isArray()) {
            return Set.of();
        }
        Set<ServerAddress> addresses = new LinkedHashSet<>();
        for (BsonValue element : value.asArray()) {
            if (element instanceof BsonString text) {
                addresses.add(ServerAddress.parse(text.getValue()));
            }
        }
        return addresses;
    }

    private static @Nullable ServerAddress addressOrNull(BsonDocument hello, String name) {
        String text = string(hello, name);
        return text == null || text.isEmpty() ? null : ServerAddress.parse(text);
    }

    private static boolean isTrue(BsonDocument document, String name) {
        BsonValue value = document.get(name);
        if (value == null) {
            return false;
        }
        return value.isBoolean()
                ? value.asBoolean().getValue()
                : value.isNumber() && value.asNumber().doubleValue() != 0;
    }

    private static @Nullable String string(BsonDocument document, String name) {
        return document.get(name) instanceof BsonString text ? text.getValue() : null;
    }

    private static @Nullable ObjectId objectId(BsonDocument document, String name) {
        BsonValue value = document.get(name);
        return value != null && value.isObjectId() ? value.asObjectId().getValue() : null;
    }

    private static int integer(BsonDocument document, String name, int absent) {
        Integer value = boxedInteger(document, name);
        return value == null ? absent : value;
    }

    private static @Nullable Integer boxedInteger(BsonDocument document, String name) {
        BsonValue value = document.get(name);
        return value != null && value.isNumber() ? value.asNumber().intValue() : null;
    }
}
