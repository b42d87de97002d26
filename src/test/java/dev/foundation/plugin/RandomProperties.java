package dev.foundation.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Random records and properties for property tests; the caller prints the seed. */
final class RandomProperties {
    record Inner(String text, @Secret Optional<String> key, long size) {}

    record Outer(
            String name,
            boolean on,
            Boolean boxed,
            int count,
            long large,
            double ratio,
            List<String> tags,
            Map<String, Integer> limits,
            Inner inner,
            List<Inner> more,
            Optional<Inner> maybe,
            Optional<Map<String, List<Boolean>>> deep,
            @Secret String password,
            Object anything) {}

    private final RandomGenerator random;

    RandomProperties(RandomGenerator random) {
        this.random = random;
    }

    Outer outer() {
        return new Outer(
                text(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong(-(1L << 53), 1L << 53),
                random.nextGaussian() * 1e9,
                list(this::text),
                map(random::nextInt),
                inner(),
                list(this::inner),
                maybe(this::inner),
                maybe(() -> map(() -> list(random::nextBoolean))),
                text(),
                anything(3));
    }

    Property property(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> new Property.Bool(random.nextBoolean());
            case 1 -> new Property.Num(random.nextGaussian());
            case 2 -> new Property.Text(text());
            case 3 -> new Property.Unknown();
            case 4 -> new Property.Items(list(() -> property(depth - 1)));
            case 5 -> fields(depth - 1);
            default -> property(depth - 1).hide();
        };
    }

    Property.Fields fields(int depth) {
        return new Property.Fields(map(() -> property(depth)));
    }

    private Object anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextDouble();
            case 2 -> text();
            case 3 -> list(() -> anything(depth - 1));
            default -> map(() -> anything(depth - 1));
        };
    }

    private Inner inner() {
        return new Inner(text(), maybe(this::text), random.nextInt());
    }

    /** Text of every plane of Unicode, quotes and control characters included; surrogates only in pairs. */
    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '\u00e9' : point);
        }
        return text.toString();
    }

    private <T> List<T> list(java.util.function.Supplier<T> element) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return List.copyOf(list);
    }

    private <T> Map<String, T> map(java.util.function.Supplier<T> value) {
        var map = new LinkedHashMap<String, T>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("k" + text(), value.get());
        }
        return map;
    }

    private <T> Optional<T> maybe(java.util.function.Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
}
