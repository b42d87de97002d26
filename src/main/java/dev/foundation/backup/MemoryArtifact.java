package dev.foundation.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small artifact that the run itself makes, such as the manifest. */
final class MemoryArtifact implements Artifact {
    private final String name;
    private final InputStream content;
    private final ObjectNode facts;

    MemoryArtifact(String name, byte[] bytes, ObjectNode facts) {
        this.name = name;
        this.content = new ByteArrayInputStream(bytes);
        this.facts = facts;
    }

    MemoryArtifact(String name, byte[] bytes) {
        this(name, bytes, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InputStream content() {
        return content;
    }

    @Override
    public ObjectNode facts() {
        return facts;
    }

    @Override
    public void close() {
        // Memory only.
    }
}
