package dev.foundation.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One resource type. A new type is one class: a handler with its inputs record {@code I} and its outputs record {@code O}.
 *
 * <p>Record components are the resource's properties, by name. Use {@code Optional} for an optional input. Mark secrets with
 * {@link Secret} and inputs that cannot change in place with {@link ReplaceOnChange}. A resource's state is its inputs and its outputs together.
 *
 * <p>An output that bears the name of an input repeats that input where it is given, so a preview can show it; mark outputs that an
 * update in place never changes with {@link Stable}. All other outputs are unknown in a preview.
 *
 * <p>The server calls a handler with known, unwrapped values only. In a preview it never calls {@link #create}, {@link #update} or
 * {@link #delete}.
 *
 * <p>A failure is an {@link IOException} whose message says what failed and what to do; where a create got half-way, throw
 * {@link PartialCreate}, so that what exists is not forgotten.
 */
public interface ResourceHandler<I extends Record, O extends Record> {
    /** The type token, such as {@code foundation:index:VaultInit}. */
    String token();

    Class<I> inputs();

    Class<O> outputs();

    /** What is wrong with these inputs, all of it at once. Called only with known values; must not do any input or output. */
    default List<Problem> check(I inputs) {
        return List.of();
    }

    /**
     * Inputs that the type's official provider takes and this handler does not, each with the reason. They are refused, never ignored.
     */
    default Map<String, String> refusedInputs() {
        return Map.of();
    }

    /** Whether a replacement removes the old resource first: so it must be where names are unique. */
    default boolean deleteBeforeReplace() {
        return true;
    }

    /** Whether an output may show what an input held, so that one secret input makes every output secret. */
    default boolean outputsShowInputs() {
        return false;
    }

    /**
     * Whether the state is already as this changed input asks, so that the change alone is no reason for an update. Asked for each changed
     * input, with known values only.
     */
    default boolean isSettled(String input, I inputs, O state) {
        return false;
    }

    /** Why this change must not be, and what to do instead; empty if it may. Asked in each diff, so also in a preview, with known values only. */
    default Optional<String> refusedChange(I old, I wanted) {
        return Optional.empty();
    }

    /**
     * Outputs marked {@link Stable} that this change will change all the same. Asked in each diff and in the preview of an update, with known
     * values only.
     */
    default Set<String> unstable(I old, I wanted) {
        return Set.of();
    }

    /**
     * Why this resource must be updated although no input changed, such as a sealed Vault; empty if nothing is to be done.
     * Called for each diff, so it must be quick; a service that cannot be reached is no reason.
     */
    default Optional<String> drift(String id, I inputs, O state) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /** Makes the resource, or adopts one that is already exactly as asked (a repeated create after a crash must succeed). */
    Created<O> create(I inputs, Run run) throws IOException, InterruptedException;

    /**
     * The resource as it is now, empty if it is gone for certain (a failure to look is an exception, never empty).
     *
     * @param known what the state held; empty on import, when only {@code id} is known
     */
    Optional<Current<I, O>> read(String id, Optional<Current<I, O>> known) throws IOException, InterruptedException;

    /** Changes the resource in place. The old inputs and outputs are those of the state. */
    O update(String id, Current<I, O> old, I inputs, Run run) throws IOException, InterruptedException;

    /** Removes the resource. Succeeds when it is gone already. */
    void delete(String id, Current<I, O> old, Run run) throws IOException, InterruptedException;

    /** A made resource. */
    record Created<O>(String id, O outputs) {}

    /** Inputs and outputs that belong together. */
    record Current<I, O>(I inputs, O outputs) {}

    /** Something was made, and then a later step failed: the id goes into the state, so that the next run goes on from it. */
    final class PartialCreate extends IOException {
        private static final long serialVersionUID = 1L;
        private final String id;
        private final transient Record outputs;

        public PartialCreate(String id, Record outputs, String message, Throwable cause) {
            super(message, cause);
            this.id = id;
            this.outputs = outputs;
        }

        public String id() {
            return id;
        }

        public Record outputs() {
            return outputs;
        }
    }
}
