package dev.foundation.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tree of known keys: which paths are groups, and which known key a wrong one was probably meant to be. */
record Groups(Set<String> paths, Set<String> groups) {
    static Groups of(Collection<ConfigKeys.Key> keys) {
        Set<String> paths = keys.stream().map(ConfigKeys.Key::path).collect(Collectors.toCollection(TreeSet::new));
        Set<String> groups = new TreeSet<>();
        for (String path : paths) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                groups.add(path.substring(0, dot));
            }
        }
        return new Groups(paths, groups);
    }

    boolean isGroup(String path) {
        return groups.contains(path);
    }

    List<String> below(String group) {
        return paths.stream()
                .filter(path -> path.startsWith(group + "."))
                .map(path -> path.substring(group.length() + 1))
                .toList();
    }

    /** What to say of a key that nobody knows. */
    String hint(String unknown) {
        return "this key is not known; "
                + nearest(unknown)
                        .map(known -> "did you mean foundation:" + known + "?")
                        .orElseGet(() -> neighbours(unknown));
    }

    private Optional<String> nearest(String unknown) {
        String lower = unknown.toLowerCase(Locale.ROOT);
        int far = Math.max(2, unknown.length() / 4);
        return paths.stream()
                .filter(known -> distance(lower, known.toLowerCase(Locale.ROOT)) <= far
                        || known.toLowerCase(Locale.ROOT).endsWith("." + lower))
                .min(Comparator.comparingInt(known -> distance(lower, known.toLowerCase(Locale.ROOT))));
    }

    private String neighbours(String unknown) {
        int dot = unknown.lastIndexOf('.');
        String group = dot < 0 ? "" : unknown.substring(0, dot);
        return isGroup(group)
                ? "foundation:" + group + " knows " + String.join(", ", below(group))
                : "the keys are listed in Pulumi.foundation.yaml";
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
