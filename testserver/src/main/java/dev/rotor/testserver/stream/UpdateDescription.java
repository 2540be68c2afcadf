package dev.rotor.testserver.stream;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The difference of two documents, as change events tell an update. */
final class UpdateDescription {
    private final Document updated = new Document();
    private final List<Object> removed = new ArrayList<>();
    private final List<Object> truncated = new ArrayList<>();
    private final Document ambiguous = new Document();

    private UpdateDescription() {}

    /** One step of a path: a field, or the index of an array's element. */
    private record Path(String text, List<Object> steps) {
        Path to(Object step) {
            List<Object> longer = new ArrayList<>(steps);
            longer.add(step);
            return new Path(text.isEmpty() ? String.valueOf(step) : text + "." + step, longer);
        }

        /** Whether the text alone does not tell fields from indexes and dots. */
        boolean isAmbiguous() {
            return steps.stream()
                    .anyMatch(step -> step instanceof String name && (name.contains(".") || name.matches("\\d+")));
        }
    }

    /**
     * Describes an update.
     *
     * @param truncations whether shortened arrays are told apart (5.0)
     * @param paths whether ambiguous paths are explained (6.1, with expanded events)
     */
    static Document of(Document before, Document after, boolean truncations, boolean paths) {
        UpdateDescription description = new UpdateDescription();
        description.documents(before, after, new Path("", List.of()), truncations);
        Document result =
                new Document("updatedFields", description.updated).append("removedFields", description.removed);
        if (truncations) {
            result.append("truncatedArrays", description.truncated);
        }
        if (paths) {
            result.append("disambiguatedPaths", description.ambiguous);
        }
        return result;
    }

    private void documents(Document before, Document after, Path path, boolean truncations) {
        for (Map.Entry<String, Object> field : after.entrySet()) {
            Path here = path.to(field.getKey());
            if (!before.containsKey(field.getKey())) {
                set(here, field.getValue());
            } else {
                values(before.get(field.getKey()), field.getValue(), here, truncations);
            }
        }
        for (String field : before.keySet()) {
            if (!after.containsKey(field)) {
                Path here = path.to(field);
                removed.add(here.text());
                note(here);
            }
        }
    }

    private void values(@Nullable Object before, @Nullable Object after, Path path, boolean truncations) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Document old && after instanceof Document now) {
            documents(old, now, path, truncations);
        } else if (before instanceof List<?> old && after instanceof List<?> now && isCloseTo(old, now, truncations)) {
            for (int i = 0; i < now.size(); i++) {
                if (i < old.size()) {
                    values(old.get(i), now.get(i), path.to(i), truncations);
                } else {
                    set(path.to(i), now.get(i));
                }
            }
            if (now.size() < old.size()) {
                truncated.add(new Document("field", path.text()).append("newSize", now.size()));
                note(path);
            }
        } else {
            set(path, after);
        }
    }

    /** Whether telling the elements that differ is shorter than telling the whole array. */
    private static boolean isCloseTo(List<?> before, List<?> after, boolean truncations) {
        int common = Math.min(before.size(), after.size());
        int same = 0;
        for (int i = 0; i < common; i++) {
            boolean documents = before.get(i) instanceof Document && after.get(i) instanceof Document;
            same += documents || Objects.equals(before.get(i), after.get(i)) ? 1 : 0;
        }
        return same > 0 && same * 2 >= common && (truncations || after.size() >= before.size());
    }

    private void set(Path path, @Nullable Object value) {
        updated.put(path.text(), value);
        note(path);
    }

    private void note(Path path) {
        if (path.isAmbiguous()) {
            ambiguous.put(path.text(), path.steps());
        }
    }
}
