package dev.foundation.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes typed values out of a configuration and gathers every problem on the way. A value that is missing or wrong reads as its default,
 * so that reading goes on; {@link #good} tells whether a cross-check may trust a key.
 */
final class ConfigReader {
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,7})(Mi|Gi)");
    private static final int MOST_MEBIBYTES = 1024 * 1024;

    /** By path. A list stays whole; {@code Encrypted} marks a secret. */
    private final Map<String, Object> leaves = new TreeMap<>();

    private final Set<String> bad = new HashSet<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    ConfigReader(Configuration configuration) {
        Groups groups = Groups.of(ConfigKeys.all());
        configuration.values().forEach((key, value) -> {
            if (key.contains(".")) {
                problem(key, Optional.empty(), "write it as a structure, or use `pulumi config set --path`");
                return;
            }
            switch (value) {
                case ConfigValue.Encrypted secret -> leaves.put(key, secret);
                case ConfigValue.Plain plain -> flatten(key, plain.value(), groups);
            }
        });
        Set<String> known = groups.paths();
        leaves.forEach((path, value) -> {
            if (!known.contains(path)) {
                problem(path, Optional.empty(), groups.hint(path));
            }
        });
        for (ConfigKeys.Key key : ConfigKeys.all()) {
            Object value = leaves.get(key.path());
            if (value == null) {
                continue;
            }
            boolean encrypted = value instanceof ConfigValue.Encrypted;
            if (key.kind() == ConfigKeys.Kind.SECRET && !encrypted) {
                problem(key.path(), Optional.empty(), key.allowed());
            } else if (key.kind() != ConfigKeys.Kind.SECRET && encrypted) {
                problem(key.path(), Optional.empty(), "it is no secret, and must be in clear: " + key.allowed());
            } else if (key.kind() == ConfigKeys.Kind.SCALAR && (value instanceof Map || value instanceof List)) {
                problem(key.path(), Optional.empty(), "it holds a structure; " + key.allowed());
                leaves.remove(key.path());
            }
        }
    }

    /** True if the key stands in the file, whatever it holds. */
    boolean given(String path) {
        return leaves.containsKey(path);
    }

    boolean good(String... paths) {
        return Set.of(paths).stream().noneMatch(bad::contains);
    }

    Optional<String> text(String path) {
        return leaf(path)
                .filter(text -> !text.isBlank())
                .or(() -> ConfigKeys.named(path).fallback());
    }

    /** The value, converted; a conversion that throws {@code IllegalArgumentException} is this key's problem. Optional keys only. */
    <T> Optional<T> maybe(String path, Function<String, T> conversion) {
        Optional<String> text = text(path);
        try {
            return text.map(conversion);
        } catch (IllegalArgumentException e) {
            problem(path, text, ConfigKeys.named(path).allowed());
            return Optional.empty();
        }
    }

    /** As {@link #maybe}, for keys that have a default. */
    <T> T value(String path, Function<String, T> conversion) {
        return maybe(path, conversion)
                .orElseGet(
                        () -> conversion.apply(ConfigKeys.named(path).fallback().orElseThrow()));
    }

    boolean flag(String path) {
        return value(path, ConfigReader::toFlag);
    }

    int number(String path, int least, int most) {
        return value(path, text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    Memory memory(String path) {
        return value(path, text -> {
            Matcher matcher = MEMORY.matcher(text);
            require(matcher.matches());
            long mebibytes =
                    Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("Gi") ? 1024 : 1);
            require(mebibytes <= MOST_MEBIBYTES);
            return new Memory((int) mebibytes);
        });
    }

    /** Empty for {@code auto}; else the constant whose lower-case name it is. */
    <E extends Enum<E>> Optional<E> choice(String path, E[] constants) {
        return value(path, text -> {
            if (text.equals("auto")) {
                return Optional.empty();
            }
            for (E constant : constants) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return Optional.of(constant);
                }
            }
            throw new IllegalArgumentException();
        });
    }

    /** A list, or one text with commas; every item that the check refuses is a problem of its own. */
    List<String> list(String path, Function<String, Boolean> check) {
        List<String> items = new ArrayList<>();
        switch (leaves.get(path)) {
            case null -> {}
            case List<?> list -> list.forEach(item -> items.add(String.valueOf(item)));
            case ConfigValue.Encrypted _ -> {}
            case Object text -> items.addAll(List.of(String.valueOf(text).split("\\s*,\\s*")));
        }
        for (String item : items) {
            if (!check.apply(item)) {
                problem(path, Optional.of(item), ConfigKeys.named(path).allowed());
            }
        }
        return items;
    }

    void problem(String path, Optional<String> value, String remedy) {
        bad.add(path);
        problems.add(new ConfigProblem(path, value, remedy));
    }

    /** In the order of the table; unknown keys last. */
    List<ConfigProblem> problems() {
        List<String> order = ConfigKeys.all().stream().map(ConfigKeys.Key::path).toList();
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(problem -> {
            int index = order.indexOf(problem.key());
            return index < 0 ? Integer.MAX_VALUE : index;
        }));
        return sorted;
    }

    static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }

    static boolean toFlag(String text) {
        require(text.equals("true") || text.equals("false"));
        return text.equals("true");
    }

    private Optional<String> leaf(String path) {
        return switch (leaves.get(path)) {
            case null -> Optional.empty();
            case ConfigValue.Encrypted _ -> Optional.empty();
            case Object value -> Optional.of(String.valueOf(value).strip());
        };
    }

    private void flatten(String path, Object value, Groups groups) {
        if (value instanceof Map<?, ?> map && groups.isGroup(path)) {
            map.forEach((key, item) -> flatten(path + "." + key, item, groups));
        } else if (groups.isGroup(path)) {
            problem(path, Optional.empty(), "give keys below it: " + String.join(", ", groups.below(path)));
        } else if (value instanceof Map<?, ?> map && map.keySet().equals(Set.of("secure"))) {
            leaves.put(path, new ConfigValue.Encrypted());
        } else {
            leaves.put(path, value);
        }
    }
}
