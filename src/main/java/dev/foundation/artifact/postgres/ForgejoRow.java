package dev.foundation.artifact.postgres;

/** A row of Forgejo's (or Gitea's) database that says an object must be in a bucket (P5). Sizes are in bytes, as the row tells them. */
public sealed interface ForgejoRow {
    /** {@code lfs_meta_object}: bucket {@code forgejo-lfs}. @param oid SHA-256, 64 hexadecimal digits */
    record LfsObject(String oid, long size) implements ForgejoRow {}

    /** {@code package_blob}: bucket {@code forgejo-packages}. @param sha256 64 hexadecimal digits */
    record PackageBlob(String sha256, long size) implements ForgejoRow {}

    /** {@code action_artifact} whose upload was confirmed: bucket {@code forgejo-artifacts}. @param path within its storage; size is the stored one */
    record ActionArtifact(String path, long size) implements ForgejoRow {}
}
