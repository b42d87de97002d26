package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import org.jspecify.annotations.Nullable;

/** The store whose blobs are read: a folder, or a bucket of an S3 server. */
public final class BlobOrigin extends ResourceArgs {
    @Import(name = "folder")
    private @Nullable Output<String> folder;

    @Import(name = "endpoint")
    private @Nullable Output<String> endpoint;

    @Import(name = "region")
    private @Nullable Output<String> region;

    @Import(name = "bucket")
    private @Nullable Output<String> bucket;

    @Import(name = "pathStyle")
    private @Nullable Output<Boolean> pathStyle;

    @Import(name = "accessKey")
    private @Nullable Output<String> accessKey;

    @Import(name = "secretKey")
    private @Nullable Output<String> secretKey;

    public BlobOrigin folder(String value) {
        this.folder = Output.of(value);
        return this;
    }

    public BlobOrigin endpoint(String value) {
        this.endpoint = Output.of(value);
        return this;
    }

    public BlobOrigin region(String value) {
        this.region = Output.of(value);
        return this;
    }

    public BlobOrigin bucket(String value) {
        this.bucket = Output.of(value);
        return this;
    }

    public BlobOrigin pathStyle(Boolean value) {
        this.pathStyle = Output.of(value);
        return this;
    }

    /** A secret. */
    public BlobOrigin accessKey(Output<String> value) {
        this.accessKey = value.asSecret();
        return this;
    }

    /** A secret. */
    public BlobOrigin secretKey(Output<String> value) {
        this.secretKey = value.asSecret();
        return this;
    }
}
