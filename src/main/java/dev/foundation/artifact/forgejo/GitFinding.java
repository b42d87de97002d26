package dev.foundation.artifact.forgejo;

/**
 * Something is wrong with a repository.
 *
 * @param repository its path from the volume's top
 * @param message what is wrong, in a sentence
 */
public record GitFinding(String repository, String message) {
    @Override
    public String toString() {
        return repository + ": " + message;
    }
}
