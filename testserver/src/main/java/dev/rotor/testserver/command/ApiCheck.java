package dev.rotor.testserver.command;

import dev.rotor.testserver.engine.ApiParameters;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;

/** Whether the command is in the Stable API version that the client has declared. */
final class ApiCheck {

    private ApiCheck() {}

    static void check(Invocation invocation) {
        ApiParameters api = invocation.api();
        String version = api.version();
        if (version == null) {
            return;
        }
        String name = invocation.name();
        if (api.strict() && !isIn(version, invocation)) {
            throw new CommandError(
                    ErrorCode.API_STRICT_ERROR,
                    "Provided apiStrict:true, but the command " + name + " is not in API Version " + version
                            + ". Information on supported commands and migrations in API Version " + version
                            + " can be found in the manual");
        }
        if (api.deprecationErrors() && isDeprecatedIn(version, name)) {
            throw new CommandError(
                    ErrorCode.API_DEPRECATION_ERROR,
                    "Provided apiDeprecationErrors:true, but the command " + name + " is deprecated in API Version "
                            + version
                            + ". Information on supported commands and migrations in API Version " + version
                            + " can be found in the manual");
        }
    }

    private static boolean isIn(String version, Invocation invocation) {
        return switch (invocation.name()) {
            case "testVersion2", "testDeprecationInVersion2" -> version.equals("2");
            case "testVersions1And2" -> true;
            case "testRemoval" -> version.equals("1");
            case "testDeprecation" -> version.equals("1");
            default -> invocation.traits().isInApi(invocation.version());
        };
    }

    private static boolean isDeprecatedIn(String version, String name) {
        return version.equals("2") ? name.equals("testDeprecationInVersion2") : name.equals("testDeprecation");
    }
}
