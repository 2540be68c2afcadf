package dev.rotor.testserver.auth;

import com.ongres.scram.common.ScramMechanism;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The users of a deployment and the commands about them. A user who has authenticated may do everything: roles are kept
 * and shown, but not enforced.
 */
public final class Users {

    /** What a user has who is created without {@code mechanisms}. */
    public static final List<String> MECHANISMS = List.of("SCRAM-SHA-1", "SCRAM-SHA-256");

    private static final int USER_EXISTS = 51003;

    /** How often the hash is repeated when a credential is made. */
    public record Iterations(int sha1, int sha256) {}

    private final Map<String, User> users = new ConcurrentHashMap<>();

    private final ExternalUsers external;

    /** Nobody yet, but for the users that others know. */
    public Users(ExternalUsers external) {
        this.external = external;
    }

    /** The users that others know. */
    public ExternalUsers external() {
        return external;
    }

    /** Adds the first user. */
    public void addRoot(String name, String password, Iterations iterations) {
        create(
                "admin",
                new Document("createUser", name)
                        .append("pwd", password)
                        .append("roles", List.of(new Document("role", "root").append("db", "admin"))),
                iterations);
    }

    /** {@code createUser}. */
    public Document create(String database, Document command, Iterations iterations) {
        String name = name(command, "createUser");
        if (name.isEmpty()) {
            throw new CommandError(ErrorCode.BAD_VALUE, "User document needs 'user' field to be non-empty");
        }
        if (!(command.get("roles") instanceof Collection<?> roles)) {
            throw missing("createUser", "roles");
        }
        if (!(command.get("pwd") instanceof String password) || password.isEmpty()) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "Must provide a 'pwd' field for all user documents, except those with '$external'");
        }
        User user = new User(
                UUID.randomUUID(),
                name,
                database,
                credentials(name, password, mechanisms(command, MECHANISMS), iterations),
                roles(database, roles),
                command.get("customData") instanceof Document custom ? custom : new Document());
        if (users.putIfAbsent(user.fullName(), user) != null) {
            throw new CommandError(USER_EXISTS, "User \"" + user.fullName() + "\" already exists");
        }
        return new Document();
    }

    /** {@code updateUser}. */
    public Document update(String database, Document command, Iterations iterations) {
        String name = name(command, "updateUser");
        User old = users.get(name + "@" + database);
        if (old == null) {
            throw notFound(name, database);
        }
        List<ScramCredential> credentials = old.credentials();
        if (command.get("pwd") instanceof String password) {
            credentials = credentials(name, password, mechanisms(command, old.mechanisms()), iterations);
        } else if (command.containsKey("mechanisms")) {
            List<String> kept = mechanisms(command, old.mechanisms());
            if (!old.mechanisms().containsAll(kept)) {
                throw new CommandError(
                        ErrorCode.BAD_VALUE, "mechanisms field must be a subset of previously set mechanisms");
            }
            credentials = credentials.stream()
                    .filter(each -> kept.contains(each.mechanism().getName()))
                    .toList();
        }
        List<Document> roles = command.get("roles") instanceof Collection<?> list ? roles(database, list) : old.roles();
        Document custom = command.get("customData") instanceof Document given ? given : old.customData();
        users.put(old.fullName(), new User(old.id(), name, database, credentials, roles, custom));
        return new Document();
    }

    /** {@code dropUser}. */
    public Document drop(String database, Document command) {
        String name = name(command, "dropUser");
        if (users.remove(name + "@" + database) == null) {
            throw notFound(name, database);
        }
        return new Document();
    }

    /** {@code dropAllUsersFromDatabase}. */
    public Document dropAll(String database) {
        int before = users.size();
        users.values().removeIf(each -> each.database().equals(database));
        return new Document("n", before - users.size());
    }

    /** {@code usersInfo}. */
    public Document info(String database, Document command) {
        Object wanted = command.get("usersInfo");
        List<Document> found = new ArrayList<>();
        if (wanted instanceof Collection<?> several) {
            several.forEach(each -> addTo(found, database, each));
        } else {
            addTo(found, database, wanted);
        }
        return new Document("users", found);
    }

    private void addTo(List<Document> found, String database, @Nullable Object wanted) {
        if (wanted instanceof Number) {
            users.values().stream()
                    .filter(each -> each.database().equals(database))
                    .forEach(each -> found.add(each.describe()));
        } else if (wanted instanceof Document forAll && Boolean.TRUE.equals(forAll.get("forAllDBs"))) {
            users.values().forEach(each -> found.add(each.describe()));
        } else {
            String name =
                    wanted instanceof Document user ? user.get("user") + "@" + user.get("db") : wanted + "@" + database;
            User user = users.get(name);
            if (user != null) {
                found.add(user.describe());
            }
        }
    }

    /**
     * The mechanisms that hello reports for {@code saslSupportedMechs: "database.user"}, or null for an unknown user.
     */
    public @Nullable List<String> supportedMechanisms(String databaseAndUser) {
        int dot = databaseAndUser.indexOf('.');
        if (dot < 0) {
            throw new CommandError(ErrorCode.BAD_VALUE, "UserName must contain a '.' separated database.user pair");
        }
        User user = users.get(databaseAndUser.substring(dot + 1) + "@" + databaseAndUser.substring(0, dot));
        return user == null ? null : user.mechanisms();
    }

    @Nullable
    ScramCredential credential(String name, String database, ScramMechanism mechanism) {
        User user = users.get(name + "@" + database);
        return user == null ? null : user.credential(mechanism);
    }

    /** The roles of the user, for {@code connectionStatus}. */
    public List<Document> rolesOf(String fullName) {
        User user = users.get(fullName);
        return user == null ? List.of() : user.roles();
    }

    private static List<ScramCredential> credentials(
            String name, String password, List<String> mechanisms, Iterations iterations) {
        return mechanisms.stream()
                .map(ScramMechanism::byName)
                .map(each -> ScramCredential.of(
                        each,
                        name,
                        password,
                        each == ScramMechanism.SCRAM_SHA_1 ? iterations.sha1() : iterations.sha256()))
                .toList();
    }

    private static List<String> mechanisms(Document command, List<String> otherwise) {
        Object given = command.get("mechanisms");
        if (given == null) {
            return otherwise;
        }
        if (!(given instanceof Collection<?> list) || list.isEmpty()) {
            throw new CommandError(ErrorCode.BAD_VALUE, "mechanisms field must not be empty");
        }
        List<String> names = new ArrayList<>();
        for (Object each : list) {
            if (!MECHANISMS.contains(each)) {
                throw new CommandError(ErrorCode.BAD_VALUE, "Unknown auth mechanism '" + each + "'");
            }
            names.add((String) each);
        }
        return names;
    }

    private static List<Document> roles(String database, Collection<?> given) {
        List<Document> roles = new ArrayList<>();
        for (Object each : given) {
            if (each instanceof String name) {
                roles.add(new Document("role", name).append("db", database));
            } else if (each instanceof Document role && role.containsKey("role") && role.containsKey("db")) {
                roles.add(role);
            } else {
                throw new CommandError(ErrorCode.BAD_VALUE, "Missing expected field \"role\" or \"db\" in a role");
            }
        }
        return roles;
    }

    private static String name(Document command, String field) {
        if (command.get(field) instanceof String name) {
            return name;
        }
        throw new CommandError(
                ErrorCode.TYPE_MISMATCH,
                "BSON field '" + field + "." + field + "' is the wrong type, expected type 'string'");
    }

    private static CommandError missing(String command, String field) {
        return new CommandError(40414, "BSON field '" + command + "." + field + "' is missing but a required field");
    }

    private static CommandError notFound(String name, String database) {
        return new CommandError(ErrorCode.USER_NOT_FOUND, "User '" + name + "@" + database + "' not found");
    }
}
