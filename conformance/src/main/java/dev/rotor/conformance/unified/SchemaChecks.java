package dev.rotor.conformance.unified;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.rotor.conformance.SpecificationFiles;
import dev.rotor.conformance.unified.deployment.Version;
import dev.rotor.conformance.unified.match.RunnerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Validates test files against the JSON schema of their version. */
final class SchemaChecks {

    /** The newest version that the runner knows all rules of. */
    static final Version NEWEST = new Version(1, 28, 0);

    private final Path folder;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909);
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    /** @param folder where the schemas are */
    SchemaChecks(Path folder) {
        this.folder = folder;
    }

    /** Why a file cannot be run, or nothing. */
    Optional<String> problem(String schemaVersion, String text) {
        Version version;
        try {
            version = Version.parse(schemaVersion);
        } catch (RunnerException malformed) {
            return Optional.of("malformed schemaVersion: " + malformed.getMessage());
        }
        if (version.major() != NEWEST.major() || version.compareTo(NEWEST) > 0) {
            return Optional.of("the runner does not support schema version " + schemaVersion);
        }
        return violation("schema-" + version.major() + "." + version.minor() + ".json", text);
    }

    /** Why a file does not comply with the newest schema, or nothing. */
    Optional<String> violationOfNewest(String text) {
        return violation("schema-latest.json", text);
    }

    private Optional<String> violation(String schema, String text) {
        Path file = folder.resolve(schema);
        if (!Files.exists(file)) {
            return Optional.of("there is no " + file);
        }
        JsonSchema validator =
                schemas.computeIfAbsent(schema, name -> factory.getSchema(SpecificationFiles.text(file)));
        var messages = validator.validate(text, InputFormat.JSON);
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of("violates " + schema + ": "
                        + messages.stream()
                                .map(ValidationMessage::getMessage)
                                .limit(5)
                                .collect(Collectors.joining("; ")));
    }
}
