package dev.foundation.stack.binding.foundation;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What, where to, for whom, when, and how long it is kept: the properties of {@code dev.foundation.spec.BackupPlan}. */
public final class BackupPlan extends ResourceArgs {
    @Import(name = "instance", required = true)
    private @Nullable Output<String> instance;

    @Import(name = "instanceId", required = true)
    private @Nullable Output<String> instanceId;

    @Import(name = "epoch", required = true)
    private @Nullable Output<Integer> epoch;

    @Import(name = "recipients", required = true)
    private @Nullable Output<List<String>> recipients;

    @Import(name = "sealPublicKeys", required = true)
    private @Nullable Output<List<String>> sealPublicKeys;

    @Import(name = "identityGeneration", required = true)
    private @Nullable Output<Integer> identityGeneration;

    @Import(name = "backupSchedule", required = true)
    private @Nullable Output<String> backupSchedule;

    @Import(name = "pruneSchedule", required = true)
    private @Nullable Output<String> pruneSchedule;

    @Import(name = "verifySchedule", required = true)
    private @Nullable Output<String> verifySchedule;

    @Import(name = "timeZone", required = true)
    private @Nullable Output<String> timeZone;

    @Import(name = "jitterSeconds", required = true)
    private @Nullable Output<Integer> jitterSeconds;

    @Import(name = "retention", required = true)
    private @Nullable Output<Retention> retention;

    @Import(name = "destinations", required = true)
    private @Nullable Output<List<Destination>> destinations;

    @Import(name = "sources", required = true)
    private @Nullable Output<Map<String, String>> sources;

    @Import(name = "buckets", required = true)
    private @Nullable Output<List<String>> buckets;

    @Import(name = "products", required = true)
    private @Nullable Output<Map<String, String>> products;

    public BackupPlan instance(String value) {
        this.instance = Output.of(value);
        return this;
    }

    public BackupPlan instanceId(String value) {
        this.instanceId = Output.of(value);
        return this;
    }

    public BackupPlan epoch(Integer value) {
        this.epoch = Output.of(value);
        return this;
    }

    public BackupPlan recipients(List<String> value) {
        this.recipients = Output.of(value);
        return this;
    }

    public BackupPlan sealPublicKeys(List<String> value) {
        this.sealPublicKeys = Output.of(value);
        return this;
    }

    public BackupPlan identityGeneration(Integer value) {
        this.identityGeneration = Output.of(value);
        return this;
    }

    public BackupPlan backupSchedule(String value) {
        this.backupSchedule = Output.of(value);
        return this;
    }

    public BackupPlan pruneSchedule(String value) {
        this.pruneSchedule = Output.of(value);
        return this;
    }

    public BackupPlan verifySchedule(String value) {
        this.verifySchedule = Output.of(value);
        return this;
    }

    public BackupPlan timeZone(String value) {
        this.timeZone = Output.of(value);
        return this;
    }

    public BackupPlan jitterSeconds(Integer value) {
        this.jitterSeconds = Output.of(value);
        return this;
    }

    public BackupPlan retention(Retention value) {
        this.retention = Output.of(value);
        return this;
    }

    public BackupPlan destinations(List<Destination> value) {
        this.destinations = Output.of(value);
        return this;
    }

    public BackupPlan sources(Map<String, String> value) {
        this.sources = Output.of(value);
        return this;
    }

    public BackupPlan buckets(List<String> value) {
        this.buckets = Output.of(value);
        return this;
    }

    public BackupPlan products(Map<String, String> value) {
        this.products = Output.of(value);
        return this;
    }
}
