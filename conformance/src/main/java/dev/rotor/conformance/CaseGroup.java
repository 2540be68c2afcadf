package dev.rotor.conformance;

import java.util.List;

/**
 * Cases that run one after the other, because they share something: a server, for example. Groups may run at the same
 * time as other groups.
 *
 * @param name what the cases have in common
 * @param cases the cases, in the order in which they run
 * @param end closes what they share; called once, after the last of them, also when none was run
 */
public record CaseGroup(String name, List<ConformanceCase> cases, End end) {

    /** Closes what the cases of a group share. */
    @FunctionalInterface
    public interface End {
        /** Called once. */
        void close() throws Exception;
    }

    public CaseGroup {
        cases = List.copyOf(cases);
    }

    /** Cases that share nothing that would have to be closed. */
    public static CaseGroup of(String name, List<ConformanceCase> cases) {
        return new CaseGroup(name, cases, () -> {});
    }
}
