package dev.rotor.driver;

import java.util.Objects;

/**
 * The full name of a collection.
 *
 * <p>Only what no server could take is refused here; the rest (length, characters forbidden on some systems) is the
 * server's to say.
 *
 * @param databaseName the database; not empty, without NUL, {@code /}, {@code \}, space, {@code "} and {@code .}
 * @param collectionName the collection; not empty, without NUL, neither beginning nor ending with a dot
 */
public record MongoNamespace(String databaseName, String collectionName) {

    /**
     * Checks the components.
     *
     * @param databaseName the database
     * @param collectionName the collection
     * @throws IllegalArgumentException if a name is not allowed; the message says why
     */
    public MongoNamespace {
        checkDatabaseName(databaseName);
        checkCollectionName(collectionName);
    }

    /**
     * Takes a full name apart at its first dot.
     *
     * @param fullName for example {@code "app.people"}
     * @return the namespace
     * @throws IllegalArgumentException if there is no dot, or a name is not allowed
     */
    public static MongoNamespace parse(String fullName) {
        int dot = Objects.requireNonNull(fullName, "fullName").indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException(
                    "a full name is database.collection; there is no dot in \"" + fullName + "\"");
        }
        return new MongoNamespace(fullName.substring(0, dot), fullName.substring(dot + 1));
    }

    /**
     * Checks the name of a database.
     *
     * @param name the name
     * @throws IllegalArgumentException if it is empty or holds a character that no server allows
     */
    public static void checkDatabaseName(String name) {
        Objects.requireNonNull(name, "databaseName");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a database must not be empty");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("the name of a database must not hold a NUL character");
            }
            if ("/\\ \".".indexOf(c) >= 0) {
                throw new IllegalArgumentException(
                        "the name of a database must not hold '" + c + "': \"" + name + "\"");
            }
        }
    }

    /**
     * Checks the name of a collection.
     *
     * @param name the name
     * @throws IllegalArgumentException if it is empty, holds a NUL, or begins or ends with a dot
     */
    public static void checkCollectionName(String name) {
        Objects.requireNonNull(name, "collectionName");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a collection must not be empty");
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of a collection must not hold a NUL character");
        }
        if (name.startsWith(".") || name.endsWith(".")) {
            throw new IllegalArgumentException(
                    "the name of a collection must neither begin nor end with a dot: \"" + name + "\"");
        }
    }

    /**
     * The full name.
     *
     * @return for example {@code "app.people"}
     */
    public String fullName() {
        return databaseName + '.' + collectionName;
    }

    /** The full name. */
    @Override
    public String toString() {
        return fullName();
    }
}
