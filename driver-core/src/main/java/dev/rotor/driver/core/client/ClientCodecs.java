package dev.rotor.driver.core.client;

import java.util.Objects;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/** Gives every registry that a user sets the client's way of writing UUIDs. */
record ClientCodecs(UuidRepresentation uuidRepresentation) {

    CodecRegistry configure(CodecRegistry registry) {
        return CodecRegistries.withUuidRepresentation(
                Objects.requireNonNull(registry, "codecRegistry"), uuidRepresentation);
    }
}
