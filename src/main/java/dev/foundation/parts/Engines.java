package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;

/** What {@code s3.engine: auto} means on this machine. */
public final class Engines {
    /** @param line one sentence for people: which engine, why, and on versitygw the command that builds RustFS */
    public record Choice(Engine engine, String line) {}

    private final Images images;

    Engines(Images images) {
        this.images = images;
    }

    /**
     * RustFS where its image can be pulled or is here already, else versitygw. The caller writes the answer down at first use (S4): once
     * data is in, the engine stays.
     *
     * @throws IOException if the Docker Engine does not answer
     */
    public Choice auto(Site site) throws IOException, InterruptedException {
        return switch (site) {
            case ONLINE -> new Choice(Engine.RUSTFS, "s3: rustfs (its image can be pulled)");
            case SEALED ->
                images.isCheap(ImageName.RUSTFS)
                        ? new Choice(Engine.RUSTFS, "s3: rustfs (built here before)")
                        : new Choice(
                                Engine.VERSITYGW,
                                "s3: versitygw (RustFS is not built yet: ./foundation build rustfs, about 50 minutes on two cores)");
        };
    }
}
