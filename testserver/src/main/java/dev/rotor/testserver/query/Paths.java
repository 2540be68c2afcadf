package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands at a dotted path of a document. */
public final class Paths {
    private Paths() {}

    /** All values at the path; arrays on the way are gone through, {@link Missing} stands where nothing is. */
    public static List<@Nullable Object> values(Document document, String path) {
        List<@Nullable Object> found = new ArrayList<>();
        collect(document, path, found);
        return found;
    }

    private static void collect(@Nullable Object value, String path, List<@Nullable Object> found) {
        if (value instanceof List<?> many) {
            String head = head(path);
            if (isIndex(head) && Integer.parseInt(head) < many.size()) {
                step(many.get(Integer.parseInt(head)), path, found);
                return;
            }
            for (Object each : many) {
                if (each instanceof Document) {
                    collect(each, path, found);
                }
            }
            if (found.isEmpty()) {
                found.add(Missing.getInstance());
            }
            return;
        }
        if (!(value instanceof Document document) || !document.containsKey(head(path))) {
            found.add(Missing.getInstance());
            return;
        }
        step(document.get(head(path)), path, found);
    }

    private static void step(@Nullable Object next, String path, List<@Nullable Object> found) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            found.add(next);
        } else {
            collect(next, path.substring(dot + 1), found);
        }
    }

    private static String head(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty() && name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** What an expression {@code "$path"} gives: arrays on the way give arrays; {@link Missing} if there is nothing. */
    public static @Nullable Object expression(@Nullable Object value, String path) {
        if (value instanceof List<?> many) {
            List<@Nullable Object> mapped = new ArrayList<>();
            for (Object each : many) {
                Object found = each instanceof Document || each instanceof List
                        ? expression(each, path)
                        : Missing.getInstance();
                if (!(found instanceof Missing)) {
                    mapped.add(found);
                }
            }
            return mapped;
        }
        if (!(value instanceof Document document) || !document.containsKey(head(path))) {
            return Missing.getInstance();
        }
        Object next = document.get(head(path));
        int dot = path.indexOf('.');
        return dot < 0 ? next : expression(next, path.substring(dot + 1));
    }

    /** A copy that shares values but no document or array on the path, so that the path may be changed. */
    public static Document shallow(Document document) {
        return new Document((Map<String, ?>) document);
    }
}
