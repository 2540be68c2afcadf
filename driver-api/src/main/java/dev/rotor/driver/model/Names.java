package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks lists of field names. */
final class Names {

    private Names() {}

    static List<String> paths(String @Nullable [] fieldNames) {
        return paths(Arrays.asList(Require.nonNull("fieldNames", fieldNames)));
    }

    static List<String> paths(@Nullable Iterable<String> fieldNames) {
        List<String> paths = Require.all("fieldNames", fieldNames);
        for (String path : paths) {
            Require.path("fieldNames", path);
        }
        return paths;
    }

    static List<String> somePaths(String @Nullable [] fieldNames) {
        return somePaths(Arrays.asList(Require.nonNull("fieldNames", fieldNames)));
    }

    static List<String> somePaths(@Nullable Iterable<String> fieldNames) {
        return Require.some("fieldNames", paths(fieldNames));
    }
}
