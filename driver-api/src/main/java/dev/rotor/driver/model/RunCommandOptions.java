package dev.rotor.driver.model;

import dev.rotor.driver.ReadPreference;
import java.util.Objects;
import java.util.Set;

/**
 * How a command is run, beside what is in the command itself.
 *
 * @param readPreference which members it may go to; default: the primary
 * @param check whether a refusal, a reply with {@code ok: 0}, is a failure; default {@code true}; with {@code false} it
 *     is a reply like any other
 * @param allowableErrors the codes of refusals that are replies like any other although the others are failures; none
 *     by default; unmodifiable
 */
public record RunCommandOptions(ReadPreference readPreference, boolean check, Set<Integer> allowableErrors) {

    /** On the primary; every refusal is a failure. */
    public static final RunCommandOptions DEFAULT = new RunCommandOptions(ReadPreference.PRIMARY, true, Set.of());

    /**
     * Copies the set.
     *
     * @param readPreference which members it may go to
     * @param check whether a refusal is a failure
     * @param allowableErrors the codes of refusals that are none
     */
    public RunCommandOptions {
        Objects.requireNonNull(readPreference, "readPreference");
        allowableErrors = Set.copyOf(allowableErrors);
    }

    /**
     * The same with another {@code readPreference}.
     *
     * @param readPreference which members it may go to
     * @return a copy
     */
    public RunCommandOptions readPreference(ReadPreference readPreference) {
        return new RunCommandOptions(readPreference, check, allowableErrors);
    }

    /**
     * The same with another {@code check}.
     *
     * @param check whether a refusal, a reply with {@code ok: 0}, is a failure
     * @return a copy
     */
    public RunCommandOptions check(boolean check) {
        return new RunCommandOptions(readPreference, check, allowableErrors);
    }

    /**
     * The same with other {@code allowableErrors}.
     *
     * @param allowableErrors the codes of refusals that are replies like any other
     * @return a copy
     */
    public RunCommandOptions allowableErrors(Set<Integer> allowableErrors) {
        return new RunCommandOptions(readPreference, check, allowableErrors);
    }

    /**
     * Whether a refusal is a reply like any other.
     *
     * @param code the server's code of the refusal
     * @return {@code true} if it is no failure
     */
    public boolean allows(int code) {
        return !check || allowableErrors.contains(code);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "RunCommandOptions",
                "readPreference",
                readPreference.equals(ReadPreference.PRIMARY) ? null : readPreference,
                "check",
                check ? null : false,
                "allowableErrors",
                allowableErrors.isEmpty() ? null : allowableErrors);
    }
}
