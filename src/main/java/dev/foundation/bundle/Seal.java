package dev.foundation.bundle;

import dev.foundation.stream.Sha256;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What makes a folder a recovery point (P1, P2): what lies in it, and where it stands in the chain. In clear: it holds nothing that tells contents.
 *
 * @param instance the foundation's id, a UUID
 * @param epoch 1 at first; a recovered foundation claims its stores with the next
 * @param sequence counts all points of the foundation, from 1; never starts again
 * @param previous the digest of the {@code SEAL.json} before; empty for the first point, and for the first after a claim
 * @param recipients the age recipients that everything is sealed to
 * @param keyGenerations by the key's name in the configuration, which generation was used (K1)
 * @param services product and version of each service by its name (P7)
 * @param warnings for people; with any, the point is suspicious and nothing is pruned for it
 * @param objects all of the point but the seal and its signature; kept in the order of their names
 */
public record Seal(
        String instance,
        int epoch,
        long sequence,
        BundleId point,
        Optional<Sha256> previous,
        List<String> recipients,
        Map<String, Integer> keyGenerations,
        Map<String, Product> services,
        List<String> warnings,
        List<SealedObject> objects,
        Blobs blobs) {
    /** Newest last: by epoch, then by sequence. A host that was recovered elsewhere may go on writing; its points never come before the claim's. */
    public static final Comparator<Seal> ORDER = Comparator.comparingInt(Seal::epoch)
            .thenComparingLong(Seal::sequence)
            .thenComparing(Seal::point);

    private static final Pattern RECIPIENT = Pattern.compile("age1[02-9ac-hj-np-z]{58}");

    /**
     * A service's software.
     *
     * @param name such as {@code gitea}
     */
    public record Product(String name, String version) {
        public Product {
            if (!Names.WORD.matcher(name).matches() || version.isBlank() || version.length() > 100) {
                throw new IllegalArgumentException(
                        "a product is a name and a version, not \"" + Fields.shown(name + " " + version) + "\"");
            }
        }
    }

    /**
     * The blobs that the point lists, and those it had to send.
     *
     * @param size sealed bytes
     */
    public record Blobs(long count, long size, long newCount, long newSize) {
        public static final Blobs NONE = new Blobs(0, 0, 0, 0);

        public Blobs {
            if (newCount < 0 || newSize < 0 || newCount > count || newSize > size) {
                throw new IllegalArgumentException(
                        "blobs: counts and sizes are at least 0, and what is new is part of all");
            }
        }
    }

    public Seal {
        recipients = List.copyOf(recipients);
        keyGenerations = Map.copyOf(keyGenerations);
        services = Map.copyOf(services);
        warnings = List.copyOf(warnings);
        objects = objects.stream()
                .sorted(Comparator.comparing(SealedObject::name))
                .toList();
        require(uuid(instance), "instance is no UUID in small letters");
        require(epoch >= 1, "epoch is below 1");
        require(sequence >= 1, "sequence is below 1");
        require(sequence > 1 || previous.isEmpty(), "the first seal has a previous one");
        require(
                previous.isPresent() || sequence == 1 || epoch > 1,
                "previous is empty, but this is neither the first seal nor one after a claim");
        require(
                !recipients.isEmpty()
                        && recipients.stream()
                                .allMatch(each -> RECIPIENT.matcher(each).matches()),
                "recipients are not one or more lines age1...");
        keyGenerations.forEach((key, generation) -> require(
                Names.WORD.matcher(key).matches() && generation >= 1,
                "keyGenerations: not a key's name and a number from 1"));
        services.keySet()
                .forEach(each -> require(Names.WORD.matcher(each).matches(), "services: not a service's name"));
        require(warnings.stream().noneMatch(String::isBlank), "a warning says nothing");
        Set<String> seen = new HashSet<>();
        for (SealedObject each : objects) {
            require(
                    inside(point, each.name()),
                    "objects: \"" + Fields.shown(each.name()) + "\" is no name inside the point");
            require(seen.add(each.name()), "objects: " + each.name() + " is named twice");
        }
    }

    /** Something about the run was odd: keep what was before it. */
    public boolean suspicious() {
        return !warnings.isEmpty();
    }

    public Optional<SealedObject> object(String name) {
        return objects.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Canonical JSON, as it is signed and stored: sorted keys, whole numbers only, a newline at the end (docs/bundle-format.md). */
    public byte[] bytes() {
        return SealJson.write(this);
    }

    /**
     * Reads exactly what {@link #bytes} writes. To be called once the signature was found good: before that, anyone may have written it.
     *
     * @throws BundleException for anything else, naming the field; a newer format is told as such
     */
    public static Seal parse(byte[] content) throws BundleException {
        return SealJson.parse(content);
    }

    private static boolean inside(BundleId point, String name) {
        try {
            return !name.equals(Names.SEAL)
                    && !name.equals(Names.SIGNATURE)
                    && new BundleKeys(point).object(name).path().endsWith("/" + name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean uuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}
