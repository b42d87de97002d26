package dev.foundation.bundle;

import java.util.Set;
import java.util.regex.Pattern;

/** The names of the format, version 1: within a point's folder, and beside the points. */
public final class Names {
    public static final int FORMAT = 1;

    public static final String POSTGRES = "postgres.sql.gz";
    public static final String FORGEJO = "forgejo-repos.tar.zst";
    public static final String VAULT = "vault-raft.snap";
    public static final String PULUMI_STATE = "pulumi-state.json";
    /** What each bucket held, one {@link BlobObject} a line. */
    public static final String OBJECTS = "rustfs-blobs/objects.jsonl.zst";
    /** In clear: one {@link InventoryLine} a blob. */
    public static final String INVENTORY = "rustfs-blobs/inventory.txt.zst";
    /** In clear: its secrets are encrypted with the passphrase, and it is what opens everything else (K2). */
    public static final String CONFIGURATION = "Pulumi.foundation.yaml";
    /** In clear. */
    public static final String VERSIONS = "VERSIONS";

    public static final String MANIFEST = "MANIFEST.json";
    public static final String SEAL = "SEAL.json";
    public static final String SIGNATURE = "SEAL.json.sig";
    /** The folder of the blobs, beside the points. */
    public static final String BLOBS = "blobs";
    /** The folder of the evidence of restores, beside the points. */
    public static final String PROOFS = "proofs";
    /** What sealing with age appends to a name. */
    public static final String AGE = ".age";

    static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

    private static final Set<String> BESIDE_POINTS = Set.of(BLOBS, PROOFS);

    private Names() {}

    /** Whether the format has a folder of this name at the top of a store, beside those of points. */
    static boolean knownBesidePoints(String folder) {
        return BESIDE_POINTS.contains(folder);
    }
}
