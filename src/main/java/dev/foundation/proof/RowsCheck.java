package dev.foundation.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Rows in every table that had rows, and as many as were counted when the dump was taken. */
final class RowsCheck implements Check {
    /** What Forgejo changes by itself once it runs: its schedule, its log of what was done, logins. */
    private static final Set<String> MOVING = Set.of(
            "public.access_token",
            "public.action",
            "public.action_artifact",
            "public.action_run",
            "public.action_run_job",
            "public.action_runner",
            "public.action_task",
            "public.app_state",
            "public.branch",
            "public.hook_task",
            "public.notice",
            "public.language_stat",
            "public.repo_archiver",
            "public.repo_indexer_status",
            "public.session",
            "public.system_setting");

    private final ProofSubject subject;
    private final Scratch.Database database;

    RowsCheck(ProofSubject subject, Scratch.Database database) {
        this.subject = subject;
        this.database = database;
    }

    @Override
    public CheckName name() {
        return CheckName.POSTGRES_ROWS;
    }

    @Override
    public Looked run() throws IOException, InterruptedException {
        List<ProofFinding> findings = new ArrayList<>();
        long looked = 0;
        for (Map.Entry<String, SortedMap<String, Long>> each : subject.rows().entrySet()) {
            SortedMap<String, Long> found = database.rows(each.getKey());
            for (Map.Entry<String, Long> table : each.getValue().entrySet()) {
                compare(each.getKey(), table.getKey(), table.getValue(), found, findings);
                looked++;
            }
            for (String more : found.keySet()) {
                if (!each.getValue().containsKey(more)) {
                    findings.add(ProofFinding.warning(each.getKey() + "/" + more, "is a table that the point has not"));
                }
            }
        }
        return new Looked(looked, findings);
    }

    private void compare(
            String name, String table, long counted, SortedMap<String, Long> found, List<ProofFinding> findings) {
        String where = name + "/" + table;
        Long now = found.get(table);
        if (now == null) {
            findings.add(ProofFinding.error(where, "is missing: the point has it, with " + counted + " rows"));
        } else if (now == 0 && counted > 0) {
            findings.add(ProofFinding.error(where, "is empty: " + counted + " rows were in the dump"));
        } else if (now != counted) {
            String message = "has " + now + " rows; " + counted + " were in the dump";
            findings.add(
                    name.equals(database.forgejo()) && MOVING.contains(table)
                            ? ProofFinding.warning(where, message + " (Forgejo changes this table by itself)")
                            : ProofFinding.error(where, message));
        }
    }
}
