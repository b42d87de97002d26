package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecipeTest {
    @TempDir
    private Path root;

    private Path folder(String clone) throws IOException {
        Path folder = Files.createDirectories(root.resolve(clone).resolve("part/sub"));
        Files.writeString(folder.resolveSibling("build"), "make");
        Files.writeString(folder.resolve("go.sum"), "sums");
        return folder.resolveSibling("").normalize();
    }

    @Test
    void theHashIsTheSameInEveryCloneAndIgnoresEditors() throws IOException {
        Path one = folder("one");
        Path two = folder("two");
        Files.writeString(two.resolve("build~"), "old");
        Files.writeString(two.resolve(".build.swp"), "x");
        assertThat(Recipe.hash(List.of(one), "1")).hasSize(12).isEqualTo(Recipe.hash(List.of(two), "1"));
    }

    @Test
    void theHashChangesWithBytesNamesAndSalt() throws IOException {
        Path folder = folder("one");
        String before = Recipe.hash(List.of(folder), "1");
        assertThat(Recipe.hash(List.of(folder), "2")).isNotEqualTo(before);
        Files.writeString(folder.resolve("build"), "make more");
        String bytes = Recipe.hash(List.of(folder), "1");
        assertThat(bytes).isNotEqualTo(before);
        Files.move(folder.resolve("build"), folder.resolve("make"));
        assertThat(Recipe.hash(List.of(folder), "1")).isNotEqualTo(bytes);
    }
}
