package dev.foundation.artifact.postgres;

/** A row of Forgejo's (or Gitea's) database that says an object must be in a bucket (P5). Sizes are in bytes, as the row tells them. */
public sealed interface ForgejoRow {
    /** {@code lfs_meta_object}: bucket {@code forgejo-lfs}. The oid is a SHA-256, 64 hexadecimal digits */
    record LfsObject(String oid, long size) implements ForgejoRow {}

    /** {@code package_blob}: bucket {@code forgejo-packages}. The digest has 64 hexadecimal digits */
    record PackageBlob(String sha256, long size) implements ForgejoRow {}

    /** {@code action_artifact} whose upload was confirmed: bucket {@code forgejo-artifacts}. The path is within its storage */
    record ActionArtifact(String path, long size) implements ForgejoRow {}
}
