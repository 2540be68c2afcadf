package dev.rotor.examples.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How deep classes lie below {@code java.lang.Object}, from the superclass of each. A superclass that is not in the
 * catalogue, because of a limit, ends the chain.
 */
final class Hierarchies {
    private final Map<String, String> superclassOf;
    private final Map<String, Integer> depths = new HashMap<>();

    /**
     * Makes it from what the catalogue says.
     *
     * @param superclassOf the superclass of each class that has one; not changed
     */
    Hierarchies(Map<String, String> superclassOf) {
        this.superclassOf = superclassOf;
    }

    /**
     * How many superclasses a class has.
     *
     * @param name the class
     * @return 0 for a class that has none, or that is not in the catalogue
     * @throws QuickstartException if the class is its own superclass in the end
     */
    int depth(String name) {
        // Down from the class to the first whose depth is known, and up again; no recursion, so no limit.
        Set<String> chain = new LinkedHashSet<>();
        String at = name;
        while (superclassOf.containsKey(at) && !depths.containsKey(at)) {
            if (!chain.add(at)) {
                throw new QuickstartException(at + " is its own superclass in the catalogue");
            }
            at = superclassOf.get(at);
        }
        int depth = depths.getOrDefault(at, 0);
        List<String> upwards = new ArrayList<>(chain);
        for (int i = upwards.size() - 1; i >= 0; i--) {
            depths.put(upwards.get(i), ++depth);
        }
        return depth;
    }

    /**
     * The class with the most superclasses, the first by name if there are several.
     *
     * @return its name; empty if there is no class at all
     */
    String deepest() {
        String deepest = "";
        int most = -1;
        for (String name : superclassOf.keySet()) {
            int depth = depth(name);
            if (depth > most || (depth == most && name.compareTo(deepest) < 0)) {
                deepest = name;
                most = depth;
            }
        }
        return deepest;
    }

    /**
     * A class and its superclasses.
     *
     * @param name the class
     * @return the class first, the topmost superclass last
     */
    List<String> chain(String name) {
        depth(name);
        List<String> chain = new ArrayList<>();
        chain.add(name);
        String above = superclassOf.get(name);
        while (above != null) {
            chain.add(above);
            above = superclassOf.get(above);
        }
        return chain;
    }

    /**
     * How many classes there are of each depth.
     *
     * @return the numbers of classes by depth
     */
    SortedMap<Integer, Integer> histogram() {
        SortedMap<Integer, Integer> histogram = new TreeMap<>();
        for (String name : superclassOf.keySet()) {
            histogram.merge(depth(name), 1, Integer::sum);
        }
        return histogram;
    }
}
