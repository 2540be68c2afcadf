package dev.rotor.gridfs.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Header fields whose names are found in any case. */
final class HeaderMaps {

    private HeaderMaps() {}

    /** An unchangeable copy; fields whose names differ in case only become one. */
    static Map<String, List<String>> copy(Map<String, List<String>> headers) {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, lines) -> copy.merge(name, List.copyOf(lines), HeaderMaps::both));
        return Collections.unmodifiableMap(copy);
    }

    private static List<String> both(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
